from .messages import *
from .messages import Shipped as Parcel

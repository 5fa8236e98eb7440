def upcast(old):
    return old

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * A value or an error as JSON.
 *
 * <p>null, booleans, whole numbers, strings and arrays are themselves; all else is an object of one key: {"float":
 * hexadecimal}, {"bytes": hexadecimal}, {"map": {...}}, {"enum": [full name, symbol]}, {"record": [full name, {...}]}.
 */
final class Outcome {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Outcome() {}

  /** Something that may fail in any way, even by running out of stack. */
  interface Attempt {
    ObjectNode make() throws Exception;
  }

  static ObjectNode of(Attempt attempt) {
    try {
      return attempt.make();
    } catch (Exception | StackOverflowError | OutOfMemoryError error) {
      return JSON.objectNode().put("error", error.getClass().getName()).put("message", error.getMessage());
    }
  }

  static ObjectNode value(Object value) {
    return JSON.objectNode().set("value", rendered(value));
  }

  private static JsonNode rendered(Object value) {
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    } else if (value instanceof Integer || value instanceof Long) {
      return JSON.numberNode(((Number) value).longValue());
    } else if (value instanceof Number number) {
      return tagged("float", JSON.textNode(Double.toHexString(number.doubleValue())));
    } else if (value instanceof CharSequence) {
      return JSON.textNode(value.toString());
    } else if (value instanceof ByteBuffer buffer) {
      return bytes(buffer);
    } else if (value instanceof GenericFixed fixed) {
      return bytes(ByteBuffer.wrap(fixed.bytes()));
    }
    return compound(value);
  }

  private static JsonNode compound(Object value) {
    if (value instanceof GenericEnumSymbol<?> symbol) {
      return named("enum", symbol.getSchema(), JSON.textNode(symbol.toString()));
    } else if (value instanceof IndexedRecord record) {
      return named("record", record.getSchema(), fields(record));
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode entries = JSON.objectNode();
      map.forEach((key, entry) -> entries.set(key.toString(), rendered(entry)));
      return tagged("map", entries);
    } else if (value instanceof List<?> list) {
      ArrayNode items = JSON.arrayNode();
      list.forEach(item -> items.add(rendered(item)));
      return items;
    }
    throw new IllegalArgumentException("no value of Avro: " + value.getClass());
  }

  private static ObjectNode fields(IndexedRecord record) {
    ObjectNode values = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      values.set(field.name(), rendered(record.get(field.pos())));
    }
    return values;
  }

  private static ObjectNode bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return tagged("bytes", JSON.textNode(HexFormat.of().formatHex(copy)));
  }

  private static ObjectNode named(String tag, Schema schema, JsonNode value) {
    return tagged(tag, JSON.arrayNode().add(schema.getFullName()).add(value));
  }

  private static ObjectNode tagged(String tag, JsonNode value) {
    return JSON.objectNode().set(tag, value);
  }
}

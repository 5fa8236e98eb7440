import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Apache Avro for Java as an oracle: a question a line on standard input, its answer a line on standard output, JSON
 * both. Schemas are JSON text, bytes are hexadecimal.
 *
 * <pre>
 * {"ask": "read", "writer": s, "reader": s, "data": [b, ...]}   what each datum is to the reader
 * {"ask": "compare", "writer": s, "reader": s}                  what SchemaCompatibility says of the two
 * {"ask": "describe", "schema": s}                              canonical form and fingerprint
 * {"ask": "message", "schema": s, "data": [b, ...]}             each single-object message, read and written anew
 * </pre>
 *
 * Whatever goes wrong is an answer as well: {"error": class, "message": text}.
 */
public final class AvroOracle {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 256;

  private final Map<String, Schema> schemas =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Schema> eldest) {
          return size() > KEPT;
        }
      };

  public static void main(String[] arguments) throws IOException {
    AvroOracle oracle = new AvroOracle();
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.println(oracle.answer(line));
      answers.flush();
    }
  }

  private ObjectNode answer(String line) {
    return Outcome.of(() -> answer(JSON.readTree(line)));
  }

  private ObjectNode answer(JsonNode question) {
    return switch (question.path("ask").asText()) {
      case "read" -> read(question);
      case "compare" -> compare(schema(question, "reader"), schema(question, "writer"));
      case "describe" -> describe(schema(question, "schema"));
      case "message" -> messages(question);
      default -> throw new IllegalArgumentException("no such question: " + question.path("ask"));
    };
  }

  private Schema schema(JsonNode question, String key) {
    String text = question.path(key).asText();
    Schema known = schemas.get(text);
    if (known == null) {
      known = new Schema.Parser().parse(text);
      schemas.put(text, known);
    }
    return known;
  }

  private ObjectNode read(JsonNode question) {
    Readers readers = new Readers(schema(question, "writer"), schema(question, "reader"));
    ArrayNode outcomes = JSON.createArrayNode();
    for (JsonNode datum : question.path("data")) {
      outcomes.add(readers.read(HexFormat.of().parseHex(datum.asText())));
    }
    return JSON.createObjectNode().set("read", outcomes);
  }

  private ObjectNode compare(Schema reader, Schema writer) {
    var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    ObjectNode answer = JSON.createObjectNode().put("verdict", found.getCompatibility().name());
    ArrayNode reasons = answer.putArray("reasons");
    for (var each : found.getIncompatibilities()) {
      reasons.add(each.getType() + " " + each.getLocation() + " " + each.getMessage());
    }
    return answer;
  }

  private ObjectNode describe(Schema schema) {
    return JSON.createObjectNode()
        .put("canonical", SchemaNormalization.toParsingForm(schema))
        .put("fingerprint", HexFormat.of().toHexDigits(SchemaNormalization.parsingFingerprint64(schema)));
  }

  private ObjectNode messages(JsonNode question) {
    Schema schema = schema(question, "schema");
    var decoder = new BinaryMessageDecoder<>(new GenericData(), schema);
    var encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
    ArrayNode outcomes = JSON.createArrayNode();
    for (JsonNode datum : question.path("data")) {
      outcomes.add(Outcome.of(() -> message(HexFormat.of().parseHex(datum.asText()), decoder, encoder)));
    }
    return JSON.createObjectNode().set("messages", outcomes);
  }

  private ObjectNode message(byte[] data, BinaryMessageDecoder<Object> decoder, BinaryMessageEncoder<Object> encoder)
      throws IOException {
    ByteArrayInputStream stream = new ByteArrayInputStream(data);
    Object value = decoder.decode(stream, null);
    if (stream.available() > 0) {
      throw new IOException(stream.available() + " bytes are left");
    }
    ByteBuffer again = encoder.encode(value);
    byte[] written = new byte[again.remaining()];
    again.get(written);
    return Outcome.value(value).put("again", HexFormat.of().formatHex(written));
  }
}

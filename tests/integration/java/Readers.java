import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The two decoders that Avro for Java has for one writer and one reader: ResolvingDecoder, and the fast reader, which
 * is the default since 1.12. What they know is theirs alone, so that no earlier pair can change an answer.
 */
final class Readers {
  private final GenericDatumReader<Object> resolving;
  private final GenericDatumReader<Object> fast;

  Readers(Schema writer, Schema reader) {
    resolving = new GenericDatumReader<>(writer, reader, new GenericData().setFastReaderEnabled(false));
    fast = new GenericDatumReader<>(writer, reader, new GenericData().setFastReaderEnabled(true));
  }

  /** Returns what ResolvingDecoder reads, and under "fast" what the fast reader does where that is something else. */
  ObjectNode read(byte[] data) {
    ObjectNode found = Outcome.of(() -> Outcome.value(all(resolving, data)));
    ObjectNode other = Outcome.of(() -> Outcome.value(all(fast, data)));
    boolean isSame = found.has("value") ? found.equals(other) : !other.has("value");
    return isSame ? found : found.set("fast", other);
  }

  private static Object all(GenericDatumReader<Object> reader, byte[] data) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, null);
    Object value = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left");
    }
    return value;
  }
}

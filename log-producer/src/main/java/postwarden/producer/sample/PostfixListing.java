package postwarden.producer.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;

/**
 * {@code postqueue -j} (Postfix 3.1 and later, postqueue(1)): one JSON object a message, a line each. Only its queue, its time of
 * arrival, its size and its recipients' domains are taken; addresses and replies are read over.
 */
final class PostfixListing implements QueueProbe.Listing {
    /** Longest text within a message; the longest true one, a reply, has some 2,000 bytes. */
    private static final int MOST_TEXT = 1 << 16;

    private static final int MOST_NESTING = 8;
    private static final long UNKNOWN = -1;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MOST_TEXT)
                    .maxNameLength(MOST_TEXT)
                    .maxNestingDepth(MOST_NESTING)
                    .build())
            .build();

    @Override
    public void read(OneLine lines, QueueTally tally) throws IOException {
        while (lines.next()) {
            try (JsonParser parser = json.createParser(lines)) {
                if (!new Message(parser, tally).read()) {
                    garbled(lines, tally);
                }
            } catch (JsonProcessingException | CharConversionException notJson) {
                garbled(lines, tally);
            }
        }
    }

    private static void garbled(OneLine line, QueueTally tally) {
        if (!line.isCut()) {
            tally.garbled();
        }
    }

    /** One line. */
    private static final class Message {
        private final JsonParser parser;
        private final QueueTally tally;
        private String queue = "";
        private long arrived = UNKNOWN;
        private long size;

        Message(JsonParser parser, QueueTally tally) {
            this.parser = parser;
            this.tally = tally;
        }

        /** False when it is no message. */
        boolean read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("recipients")) {
                    if (!recipients(value)) {
                        return false;
                    }
                } else {
                    field(name, value);
                }
            }
            if (queue.isEmpty() || arrived == UNKNOWN || parser.currentToken() != JsonToken.END_OBJECT) {
                return false;
            }
            tally.message(queue, arrived, size);
            return true;
        }

        private void field(String name, JsonToken value) throws IOException {
            if (name.equals("queue_name") && value == JsonToken.VALUE_STRING) {
                queue = parser.getText();
            } else if (name.equals("arrival_time") && value == JsonToken.VALUE_NUMBER_INT) {
                arrived = Math.max(0, parser.getLongValue());
            } else if (name.equals("message_size") && value == JsonToken.VALUE_NUMBER_INT) {
                size = Math.max(0, parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }

        /** Postfix writes them last (showq_json.c), so that state and age are known by now and no recipient has to be kept. */
        private boolean recipients(JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY || queue.isEmpty() || arrived == UNKNOWN) {
                return false;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                recipient();
            }
            return parser.currentToken() == JsonToken.END_ARRAY;
        }

        private void recipient() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean address = parser.currentName().equals("address");
                if (parser.nextToken() == JsonToken.VALUE_STRING && address) {
                    tally.recipient(queue, arrived, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}

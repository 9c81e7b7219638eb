package io.taskweaver.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Reads JSON into values that know their line and pointer. */
final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;
    private final String path;
    private final int firstLine;

    private JsonReader(JsonParser parser, String path, int firstLine) {
        this.parser = parser;
        this.path = path;
        this.firstLine = firstLine;
    }

    /**
     * The value that a document holds.
     *
     * @throws UnreadableListException if it is not JSON, with the line
     */
    static Json read(Document document) throws UnreadableListException {
        return read(document.content(), document.path(), 1);
    }

    /**
     * The value that a text holds.
     *
     * @param firstLine line of the document that the text begins on
     */
    static Json read(String text, String path, int firstLine) throws UnreadableListException {
        try (var parser = FACTORY.createParser(text)) {
            var reader = new JsonReader(parser, path, firstLine);
            parser.nextToken();
            if (parser.currentToken() == null)
                throw new UnreadableListException("it is empty.", Optional.of(reader.at(1)));
            var value = reader.value("");
            if (parser.nextToken() != null)
                throw new UnreadableListException("there is data after the end.", Optional.of(reader.here()));
            return value;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new UnreadableListException(
                    "it is not JSON: " + e.getOriginalMessage() + " (column " + column + ").",
                    Optional.of(at(path, firstLine, line)));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private Json value(String pointer) throws IOException {
        var at = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(pointer, at);
            case START_ARRAY -> elements(pointer, at);
            case VALUE_STRING -> new Json.Text(parser.getText(), at, pointer);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(parser.getText(), at, pointer);
            case VALUE_TRUE, VALUE_FALSE -> new Json.Flag(parser.getBooleanValue(), at, pointer);
            case VALUE_NULL -> new Json.Null(at, pointer);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + parser.currentToken());
        };
    }

    private Json fields(String pointer, SourceSpan at) throws IOException {
        var fields = new LinkedHashMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(pointer + "/" + name.replace("~", "~0").replace("/", "~1")));
        }
        return new Json.Fields(fields, at, pointer);
    }

    private Json elements(String pointer, SourceSpan at) throws IOException {
        var elements = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) elements.add(value(pointer + "/" + elements.size()));
        return new Json.Elements(elements, at, pointer);
    }

    private SourceSpan here() {
        JsonLocation location = parser.currentTokenLocation();
        return at(location.getLineNr());
    }

    private SourceSpan at(int line) {
        return at(path, firstLine, line);
    }

    private static SourceSpan at(String path, int firstLine, int line) {
        int number = firstLine + Math.max(1, line) - 1;
        return new SourceSpan(path, number, number);
    }
}

package io.taskweaver.code;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.taskweaver.code.syntax.Reading;
import io.taskweaver.model.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a united file still is what its two sides were: it parses, and declares nothing twice. */
sealed interface Soundness {
    /** What the name of a file tells about it. */
    static Soundness of(String path) {
        // The text of some paths is quoted.
        var plain = path.endsWith("\"") && path.startsWith("\"") ? path.substring(0, path.length() - 1) : path;
        var language = Language.of(plain);
        if (language.isPresent()) return new Parsed(language.get());
        return switch (plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "json", "jsonc", "webmanifest", "geojson" -> new Json();
            default -> new Unknown();
        };
    }

    /** Whether there is a grammar. */
    boolean hasGrammar();

    /** Whether a union of the sides is as good as they are. */
    boolean allows(byte[] union, List<byte[]> sides);

    /** A programming language. */
    record Parsed(Language language) implements Soundness {
        @Override
        public boolean hasGrammar() {
            return true;
        }

        /** Without a parser the union is not known to be good. */
        @Override
        public boolean allows(byte[] union, List<byte[]> sides) {
            try {
                var readings = new ArrayList<Reading>();
                for (var side : sides) readings.add(Reading.of(language, text(side)));
                return Reading.of(language, text(union)).isAsGoodAs(readings);
            } catch (UnsupportedOperationException | UncheckedIOException e) {
                return false;
            }
        }

        private static String text(byte[] bytes) {
            return Texts.of(bytes).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** JSON, with comments and trailing commas if both sides have some. */
    record Json() implements Soundness {
        private static final JsonFactory STRICT = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        private static final JsonFactory LENIENT = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();

        @Override
        public boolean hasGrammar() {
            return true;
        }

        @Override
        public boolean allows(byte[] union, List<byte[]> sides) {
            for (var reader : List.of(STRICT, LENIENT))
                if (sides.stream().allMatch(side -> parses(reader, side))) return parses(reader, union);
            return false;
        }

        private static boolean parses(JsonFactory reader, byte[] json) {
            try (var parser = reader.createParser(json)) {
                int values = 0;
                while (parser.nextToken() != null)
                    if (parser.getParsingContext().inRoot())
                        values += parser.currentToken().isStructStart() ? 0 : 1;
                return values <= 1;
            } catch (JsonProcessingException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Text that is only looked at line by line. */
    record Unknown() implements Soundness {
        @Override
        public boolean hasGrammar() {
            return false;
        }

        @Override
        public boolean allows(byte[] union, List<byte[]> sides) {
            return true;
        }
    }
}

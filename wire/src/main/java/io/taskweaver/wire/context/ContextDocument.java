package io.taskweaver.wire.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The contexts of a plan as one JSON document; docs/contexts.md describes it. The digest tells a damaged or changed document
 * from a whole one.
 *
 * @param digest SHA-256 of content and code, in hexadecimal digits
 * @param bundle the commits of the plan's line, as a Git bundle
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record ContextDocument(ContextContent content, String digest, byte[] bundle) {
    /** Name of the format. */
    public static final String FORMAT = "taskweaver-context";

    /** The only version so far. */
    public static final int VERSION = 1;

    /** The code of a plan is one text. */
    private static final JsonMapper LARGE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final String SOURCE = "Name a file that taskweaver context export wrote.";

    /** A document cannot be used. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final String hint;

        Unusable(String message, String hint) {
            super(message);
            this.hint = hint;
        }

        /** What to do about it. */
        public String hint() {
            return hint;
        }
    }

    /** Of what a service knows. */
    public static ContextDocument of(ContextContent content, byte[] bundle) {
        return new ContextDocument(content, digest(ModelJson.bytes(content), bundle), bundle);
    }

    /** Plan that it is of. */
    public PlanId plan() {
        return content.plan();
    }

    /** The document as bytes, in UTF-8. */
    public byte[] bytes() {
        return written(Optional.of(bundle));
    }

    /** The document without its code. */
    public byte[] withoutCode() {
        return written(Optional.empty());
    }

    private byte[] written(Optional<byte[]> code) {
        var bytes = new ByteArrayOutputStream();
        try (var json = ModelJson.SERVICES.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("plan", plan().value());
            json.writeStringField("digest", digest);
            json.writePOJOField("content", content);
            if (code.isPresent()) json.writeBinaryField("bundle", code.get());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a document.
     *
     * @throws Unusable if it is none, of another version, or damaged
     */
    public static ContextDocument read(byte[] bytes) throws Unusable {
        return read(parsed(bytes));
    }

    /**
     * Reads a document.
     *
     * @throws Unusable if it is none, of another version, or damaged
     */
    public static ContextDocument read(JsonNode document) throws Unusable {
        checkFormat(document);
        try {
            return read(
                    document, Base64.getDecoder().decode(document.path("bundle").asText()));
        } catch (IllegalArgumentException e) {
            throw damaged("its code is not Base64");
        }
    }

    /**
     * Reads a document whose code is beside it, as in an archive.
     *
     * @throws Unusable if it is damaged, or of another version
     */
    public static ContextDocument read(JsonNode document, byte[] bundle) throws Unusable {
        checkFormat(document);
        var content = document.path("content");
        var digest = document.path("digest").asText();
        if (!digest.equals(digest(content.toString().getBytes(StandardCharsets.UTF_8), bundle)))
            throw damaged("its content does not have the digest that it names");
        var read = content(content);
        if (!read.plan().value().equals(document.path("plan").asText()))
            throw damaged(
                    "it names the plan " + document.path("plan").asText() + ", and its content is of " + read.plan());
        return new ContextDocument(read, digest, bundle);
    }

    private static void checkFormat(JsonNode document) throws Unusable {
        if (!document.path("format").asText().equals(FORMAT))
            throw new Unusable("It is not an export of contexts: its format is not " + FORMAT + ".", SOURCE);
        var version = document.path("version");
        if (!version.isInt() || version.intValue() != VERSION)
            throw new Unusable(
                    "It is version " + version.asText("?") + " of the format " + FORMAT + "; this build reads version "
                            + VERSION + ".",
                    "Import it with the build that exported it, or export it again with this one.");
    }

    /** A document cannot be used. */
    public static Unusable unusable(String message, String hint) {
        return new Unusable(message, hint);
    }

    private static ObjectNode parsed(byte[] bytes) throws Unusable {
        try {
            if (LARGE.readTree(bytes) instanceof ObjectNode document) return document;
            throw new Unusable("It is not an export of contexts: it is not a JSON object.", SOURCE);
        } catch (JsonProcessingException e) {
            throw new Unusable(
                    "It is not an export of contexts, or it is truncated: it is not JSON (" + e.getOriginalMessage()
                            + ").",
                    SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static Unusable damaged(String how) {
        return new Unusable(
                "It is damaged, or was changed: " + how + ".", "Export it again. Nothing of it was imported.");
    }

    private static ContextContent content(JsonNode json) throws Unusable {
        try {
            return ModelJson.read(ModelJson.SERVICES, json, ContextContent.class);
        } catch (RuntimeException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    /** The content without its code, compressed. */
    byte[] packed() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(ModelJson.bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link ContextImport} sends.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static ContextContent unpacked(byte[] packed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return ModelJson.read(ModelJson.SERVICES, ModelJson.SERVICES.readTree(in), ContextContent.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("the content cannot be read: " + e.getMessage(), e);
        }
    }

    private static String digest(byte[] content, byte[] bundle) {
        try {
            var sum = MessageDigest.getInstance("SHA-256");
            sum.update(content);
            sum.update(bundle);
            return HexFormat.of().formatHex(sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.taskweaver.planner;

import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The id of a submission that names none: the same texts have the same id, so that they go on with the same plan. */
final class DerivedId {
    private static final int LONGEST_SLUG = 40;
    private static final int DIGEST_CHARACTERS = 8;

    private DerivedId() {}

    /** A readable part of title or first file, then eight hex digits of the SHA-256 of all texts, agent and package. */
    static PlanId of(List<Document> documents, Optional<Document> structure, List<CodeFile> code, PlanOptions options) {
        var digest = sha256();
        add(digest, options.agent(), options.basePackage());
        for (var document : documents) add(digest, fileName(document.path()), document.content());
        structure.ifPresent(document -> add(digest, "structure", document.content()));
        for (var file : code) add(digest, file.path(), file.content().orElseGet(() -> Long.toString(file.sizeBytes())));
        var readable = options.title()
                .or(() -> documents.stream().findFirst().map(document -> stem(fileName(document.path()))))
                .orElse("");
        var hash = HexFormat.of().formatHex(digest.digest());
        return new PlanId(slug(readable) + "-" + hash.substring(0, DIGEST_CHARACTERS));
    }

    private static String slug(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+", "");
        var cut = plain.substring(0, Math.min(plain.length(), LONGEST_SLUG)).replaceAll("-+$", "");
        return cut.isEmpty() ? "plan" : cut;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** Each part is preceded by its length, so that moving text from one part to the next changes the digest. */
    private static void add(MessageDigest digest, String... parts) {
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

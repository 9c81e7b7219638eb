package io.taskweaver.scheduling.planning;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Finding;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Ids of plans: the same input has the same id, so that handing it in again goes on with the same plan. */
public final class PlanIds {
    private static final int LONGEST_SLUG = 40;
    /** Of a heading no more is looked at. */
    private static final int LONGEST_READ = 1_000;

    private static final String NAMELESS = "plan";
    private static final int DIGEST_CHARACTERS = 8;

    /** Stands for every agent but the simulated one; plans that were made with Codegen keep their ids. */
    private static final String REAL_AGENT = "codegen";

    private PlanIds() {}

    private static boolean isSimulated(PlanOptions options) {
        return options.agent().equals(PlanOptions.DEFAULT.agent());
    }

    /**
     * Id of what a user hands in: a readable part, then eight hex digits of the SHA-256 of all texts. Where the files lie does
     * not matter, nor does any option but the base package, how contracts are given, and whether the agent is only simulated:
     * with a real one, what was tried with the simulated one begins anew.
     */
    public static PlanId derive(
            List<Document> documents, Optional<Document> structure, List<CodeFile> code, PlanOptions options) {
        var digest = sha256();
        add(digest, isSimulated(options) ? options.agent() : REAL_AGENT);
        add(digest, options.basePackage());
        // Plans of before there was a choice keep their ids.
        if (options.contracts() != ContractMode.AUTO)
            add(digest, "contracts", options.contracts().name());
        for (var document : documents) add(digest, fileName(document.path()), document.content());
        structure.ifPresent(document -> add(digest, "structure", document.content()));
        for (var file : code) add(digest, file.path(), file.content().orElseGet(() -> Long.toString(file.sizeBytes())));
        var readable = options.title()
                .or(() -> documents.stream().findFirst().map(PlanIds::heading))
                .orElse("");
        return new PlanId(
                slug(readable) + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS));
    }

    /** Id of another run of the same plan; {@code salt} distinguishes runs, e.g. the time in milliseconds. */
    public static PlanId again(PlanId first, long salt) {
        var stem = first.value();
        return new PlanId(stem.substring(0, Math.min(stem.length(), 80)) + "-" + Long.toString(salt, 36));
    }

    /** Id of the plan of the same input that somebody improved. */
    public static PlanId refined(PlanId first) {
        var stem = first.value();
        return new PlanId(stem.substring(0, Math.min(stem.length(), 80)) + "-refined");
    }

    /** Id of the plan of the same input in which tasks are finished already. */
    public static PlanId continued(PlanId first, Collection<TaskId> finished) {
        return derived(first, finished.stream().map(TaskId::value).sorted());
    }

    /** Id of the plan of the same input with findings of its code and changes to the plan, in this order. */
    public static PlanId changed(PlanId first, List<Finding> findings, List<PlanChange> changes) {
        return findings.isEmpty() && changes.isEmpty()
                ? first
                : derived(
                        first,
                        Stream.concat(findings.stream(), changes.stream()).map(Object::toString));
    }

    private static PlanId derived(PlanId first, Stream<String> parts) {
        var digest = sha256();
        parts.forEach(part -> add(digest, part));
        var stem = first.value();
        return new PlanId(stem.substring(0, Math.min(stem.length(), 80)) + "-"
                + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS));
    }

    private static String slug(String text) {
        var beginning = text.substring(0, Math.min(text.length(), LONGEST_READ));
        var plain = Normalizer.normalize(beginning, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+", "");
        var cut = plain.substring(0, Math.min(plain.length(), LONGEST_SLUG)).replaceAll("-+$", "");
        return cut.isEmpty() ? NAMELESS : cut;
    }

    /** The document's main heading; what has none is called as its file. */
    private static String heading(Document document) {
        return document.content()
                .lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2).strip())
                .filter(heading -> !slug(heading).equals(NAMELESS))
                .findFirst()
                .orElseGet(() -> withoutSuffix(fileName(document.path())));
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String withoutSuffix(String name) {
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

package io.taskweaver.planner;

import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanIds;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A submission as JSON.
 *
 * @param planId id that the plan shall have; derived from the texts if absent
 * @param documents requirement documents
 * @param structure STRUCTURE.md
 * @param code inventory of the existing code base
 * @param options how to plan and run; each has a default
 */
public record SubmissionBody(
        @Nullable String planId,
        @Nullable List<Text> documents,
        @Nullable Text structure,
        @Nullable List<Code> code,
        @Nullable Options options) {

    /** A text with the path it came from. */
    public record Text(@Nullable String path, @Nullable String content) {
        private Document document() {
            if (path == null || content == null)
                throw new IllegalArgumentException("a document needs a path and a content");
            return new Document(path, content);
        }

        private long bytes() {
            return content == null ? 0 : content.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /**
     * A file of the existing code base.
     *
     * @param sizeBytes size on disk
     * @param content its text; absent for a binary file
     */
    public record Code(
            @Nullable String path,
            @Nullable Long sizeBytes,
            @Nullable String content) {
        private CodeFile file() {
            if (path == null) throw new IllegalArgumentException("a code file needs a path");
            return new CodeFile(path, sizeBytes == null ? bytes() : sizeBytes, Optional.ofNullable(content));
        }

        private long bytes() {
            return content == null ? 0 : content.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Options; what is absent takes its default. */
    public record Options(
            @Nullable String title,
            @Nullable String agent,
            @Nullable List<String> fallbacks,
            @Nullable Map<String, List<String>> agentsFor,
            @Nullable List<String> gates,
            @Nullable Integer maxConcurrent,
            @Nullable Integer maxAttempts,
            @Nullable Long attemptTimeoutMillis,
            @Nullable LimitsBody limits,
            @Nullable String basePackage,
            @Nullable String verify,
            @Nullable Base base) {
        private PlanOptions options() {
            var standard = PlanOptions.DEFAULT;
            return new PlanOptions(
                    Optional.ofNullable(title),
                    agent == null ? standard.agent() : agent,
                    fallbacks == null ? standard.fallbacks() : fallbacks,
                    agentsFor == null ? standard.agentsFor() : agentsFor,
                    gates == null ? standard.gates() : Set.copyOf(gates),
                    maxConcurrent == null ? standard.maxConcurrent() : maxConcurrent,
                    maxAttempts == null ? standard.maxAttempts() : maxAttempts,
                    attemptTimeoutMillis == null ? standard.attemptTimeout() : Duration.ofMillis(attemptTimeoutMillis),
                    limits == null ? standard.limits() : limits.limits(),
                    basePackage == null ? standard.basePackage() : basePackage,
                    Optional.ofNullable(verify),
                    Optional.ofNullable(base).map(Base::commitOf));
        }
    }

    /** The code that the plan starts from, for agents that work in a folder. */
    public record Base(@Nullable String folder, @Nullable String commit) {
        private BaseCommit commitOf() {
            if (folder == null || commit == null)
                throw new IllegalArgumentException("options.base needs 'folder' and 'commit'");
            return new BaseCommit(folder, commit);
        }
    }

    /** All text in it, bytes of UTF-8. */
    long bytes() {
        long bytes = structure == null ? 0 : structure.bytes();
        if (documents != null) for (var text : documents) bytes += text.bytes();
        if (code != null) for (var file : code) bytes += file.bytes();
        return bytes;
    }

    /**
     * The submission that it stands for.
     *
     * @throws IllegalArgumentException if a field is missing or breaks a rule; the message says which
     */
    Submission submission() {
        if (documents == null) throw new IllegalArgumentException("documents are missing");
        var texts = documents.stream().map(Text::document).toList();
        var outline = Optional.ofNullable(structure).map(Text::document);
        var files = code == null
                ? List.<CodeFile>of()
                : code.stream().map(Code::file).toList();
        var how = options == null ? PlanOptions.DEFAULT : options.options();
        var id = planId == null ? PlanIds.derive(texts, outline, files, how) : new PlanId(planId);
        return new Submission(id, texts, outline, files, how);
    }
}

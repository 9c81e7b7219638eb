package io.taskweaver.planner;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Finding;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.Submission;
import io.taskweaver.scheduling.planning.PlanIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A submission as JSON.
 *
 * @param planId id of the plan; derived from the texts if absent
 * @param documents requirement documents
 * @param structure STRUCTURE.md
 * @param code inventory of the existing code base
 * @param findings gap analysis of that code
 * @param changes changes to the plan, in order
 * @param options planning and execution options; each has a default
 */
public record SubmissionBody(
        @Schema(description = "Id of the plan: lower-case letters, digits, . _ and -; derived from the texts if absent")
        @Nullable
        String planId,

        @Schema(description = "Requirement documents, Markdown") @Nullable
        List<Text> documents,

        @Schema(description = "STRUCTURE.md") @Nullable Text structure,

        @Schema(description = "Inventory of the existing code base") @Nullable
        List<Code> code,

        @Schema(description = "Gap analysis of the code; requirements that exist are not planned") @Nullable
        List<Finding> findings,

        @Schema(
                description =
                        "Changes to the plan, in order, each named by its field change: add-need, drop-need, split, merge, retitle, re-estimate, reprioritise, add-criterion or finish")
        @Nullable
        List<PlanChange> changes,

        @Schema(description = "Planning and execution options; each has a default") @Nullable
        Options options) {
    /** Overhead of a file besides its path and content, rounded up. */
    private static final int ENTRY_BYTES = 16;

    /** A text and its path. */
    public record Text(@Nullable String path, @Nullable String content) {
        private Document document() {
            if (path == null || content == null)
                throw new IllegalArgumentException("a document needs a path and a content");
            return new Document(path, content);
        }

        private long bytes() {
            return utf8Length(path) + utf8Length(content);
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

            @Schema(description = "Size on disk; that of the content if absent") @Nullable
            Long sizeBytes,

            @Nullable String content) {
        private CodeFile file() {
            if (path == null) throw new IllegalArgumentException("a code file needs a path");
            if (sizeBytes != null && sizeBytes < 0)
                throw new IllegalArgumentException("sizeBytes of a code file must not be negative");
            return new CodeFile(
                    path, sizeBytes == null ? utf8Length(content) : sizeBytes, Optional.ofNullable(content));
        }

        private long bytes() {
            return ENTRY_BYTES + utf8Length(path) + utf8Length(content);
        }
    }

    /** Options; absent ones have defaults. */
    public record Options(
            @Nullable String title,

            @Schema(description = "Name of the coding agent") @Nullable
            String agent,

            @Schema(description = "Agents that continue when the previous one gives up") @Nullable
            List<String> fallbacks,

            @Schema(description = "Agents for tasks of a kind") @Nullable
            Map<String, List<String>> agentsFor,

            @Schema(description = "Kinds of task that a person must approve before they start") @Nullable
            List<String> gates,

            @Schema(
                    description =
                            "Kinds of task whose results a person must approve before they are merged; all for every task")
            @Nullable
            List<String> reviews,

            @Schema(description = "Rejected results after which a task fails, at least 1") @Nullable
            Integer maxRejections,

            @Schema(description = "Maximum concurrent tasks; 0 for as many as there are slots") @Nullable
            Integer maxConcurrent,

            @Schema(description = "Maximum attempts of a task, at least 1") @Nullable
            Integer maxAttempts,

            @Schema(description = "Time limit of one attempt, milliseconds") @Nullable
            Long attemptTimeoutMillis,

            @Nullable LimitsBody limits,
            @Nullable String basePackage,

            @Schema(description = "Shell command that must succeed on a result before it is accepted") @Nullable
            String verify,

            @Schema(description = "Whether the plan may start from code on which the command fails") @Nullable
            Boolean allowFailingBase,

            @Nullable Base base,

            @Schema(
                    description =
                            "How contracts of components are given: as files (Java), as text in prompts, not at all, or by the language of the project")
            @Nullable
            ContractMode contracts,

            @Schema(
                    description =
                            "Whether tasks that are expected to touch the same files may run at the same time; AVOID if absent: only if nothing else could run")
            @Nullable
            OverlapMode overlap,

            @Schema(description = "What each work tree gets besides the code; nothing if absent") @Nullable
            Prepared preparation,

            @Schema(
                    description =
                            "Whether commands of agents and of the plan run in a sandbox or not at all; otherwise executors decide")
            @Nullable
            Boolean sandboxed,

            @Schema(description = "Repository that agents of services work on; if absent, their prompts have the code")
            @Nullable
            Remote remote) {
        private PlanOptions options() {
            var standard = PlanOptions.DEFAULT;
            return standard.toBuilder()
                    .title(Optional.ofNullable(title))
                    .agent(agent == null ? standard.agent() : agent)
                    .fallbacks(fallbacks == null ? standard.fallbacks() : fallbacks)
                    .agentsFor(agentsFor == null ? standard.agentsFor() : agentsFor)
                    .gates(gates == null ? standard.gates() : Set.copyOf(gates))
                    .reviews(reviews == null ? standard.reviews() : Set.copyOf(reviews))
                    .maxRejections(maxRejections == null ? standard.maxRejections() : maxRejections)
                    .maxConcurrent(maxConcurrent == null ? standard.maxConcurrent() : maxConcurrent)
                    .maxAttempts(maxAttempts == null ? standard.maxAttempts() : maxAttempts)
                    .attemptTimeout(
                            attemptTimeoutMillis == null
                                    ? standard.attemptTimeout()
                                    : Duration.ofMillis(attemptTimeoutMillis))
                    .limits(limits == null ? standard.limits() : limits.limits())
                    .basePackage(basePackage == null ? standard.basePackage() : basePackage)
                    .verify(Optional.ofNullable(verify))
                    .allowFailingBase(allowFailingBase == null ? standard.allowFailingBase() : allowFailingBase)
                    .base(Optional.ofNullable(base).map(Base::commitOf))
                    .contracts(contracts == null ? standard.contracts() : contracts)
                    .overlap(overlap == null ? standard.overlap() : overlap)
                    .preparation(Optional.ofNullable(preparation).map(Prepared::preparation))
                    .sandboxed(sandboxed == null ? standard.sandboxed() : sandboxed)
                    .remote(Optional.ofNullable(remote).map(Remote::remote))
                    .build();
        }
    }

    /** What each work tree gets besides the code. */
    public record Prepared(
            @Schema(description = "Shell command that prepares a work tree") @Nullable
            String setup,

            @Schema(description = "Git pathspecs by which the files were named, for people") @Nullable
            List<String> bring,

            @Schema(description = "Commit that holds these files, whose objects are on the topic code-objects")
            @Nullable
            String brought) {
        private Preparation preparation() {
            return new Preparation(
                    Optional.ofNullable(setup), bring == null ? List.of() : bring, Optional.ofNullable(brought));
        }
    }

    /** A repository that agents of services work on. It has the history of the plan's base, or accepts one without. */
    public record Remote(
            @Schema(description = "Its name, for people") @Nullable
            String name,

            @Schema(description = "Address without password that executors push to and fetch from") @Nullable
            String url) {
        private CodeRemote remote() {
            if (url == null) throw new IllegalArgumentException("options.remote needs 'url'");
            return new CodeRemote(name == null ? "" : name, url);
        }
    }

    /** The code that the plan starts from, as a commit whose objects are on the topic code-objects. */
    public record Base(
            @Nullable String folder,
            @Nullable String commit,
            @Nullable String prefix) {
        private BaseCommit commitOf() {
            if (commit == null) throw new IllegalArgumentException("options.base needs 'commit'");
            return new BaseCommit(folder == null ? "" : folder, commit, prefix == null ? "" : prefix);
        }
    }

    private static long utf8Length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Size of documents and code with their paths, bytes of UTF-8. */
    long bytes() {
        long bytes = structure == null ? 0 : structure.bytes();
        if (documents != null) for (var text : documents) bytes += text.bytes();
        if (code != null) for (var file : code) bytes += file.bytes();
        return bytes;
    }

    /**
     * The submission as a value of the model.
     *
     * @throws IllegalArgumentException if a field is missing or invalid; the message names it
     */
    Submission submission() {
        if (documents == null) throw new IllegalArgumentException("documents are missing");
        var texts = documents.stream().map(Text::document).toList();
        var outline = Optional.ofNullable(structure).map(Text::document);
        var files = code == null
                ? List.<CodeFile>of()
                : code.stream().map(Code::file).toList();
        var how = options == null ? PlanOptions.DEFAULT : options.options();
        var gaps = findings == null ? List.<Finding>of() : findings;
        var id = planId == null
                ? PlanIds.changed(PlanIds.derive(texts, outline, files, how), gaps, planChanges())
                : new PlanId(planId);
        return new Submission(id, texts, outline, files, gaps, how);
    }

    List<PlanChange> planChanges() {
        return changes == null ? List.of() : changes;
    }
}

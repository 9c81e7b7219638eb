package io.taskweaver.context;

import io.taskweaver.context.Binary.In;
import io.taskweaver.context.Binary.Out;
import io.taskweaver.domain.context.ContextDigest;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.context.MergedFile;
import io.taskweaver.domain.context.RelevantCode.Candidate;
import io.taskweaver.domain.context.ResolvedAttempt;
import io.taskweaver.domain.context.Settlement;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the state store as bytes. The first number of each is the format's; enumerations go by name. */
final class Encoding {
    private static final int FORMAT = 2;

    private Encoding() {}

    static byte[] head(Head head) {
        return out().number(head.version())
                .text(head.digest().hex())
                .flag(head.submitted())
                .list(head.recent(), Encoding::writeSettlement)
                .toBytes();
    }

    static Head head(byte[] bytes) {
        var in = in(bytes);
        return new Head(in.number(), new ContextDigest(in.text()), in.flag(), in.list(Encoding::readSettlement));
    }

    static byte[] brief(Brief brief) {
        return out().text(brief.title())
                .list(brief.constraints(), Out::text)
                .list(brief.boundaries(), Out::text)
                .toBytes();
    }

    static Brief brief(byte[] bytes) {
        var in = in(bytes);
        return new Brief(in.text(), in.list(In::text), in.list(In::text));
    }

    static byte[] code(List<Candidate> files) {
        return out().list(files, (out, file) -> out.text(file.path()).number(file.chars()))
                .toBytes();
    }

    static List<Candidate> code(byte[] bytes) {
        return in(bytes).list(in -> new Candidate(in.text(), in.count()));
    }

    static byte[] conventions(List<String> statements) {
        return out().list(statements, Out::text).toBytes();
    }

    static List<String> conventions(byte[] bytes) {
        return in(bytes).list(In::text);
    }

    static byte[] file(MergedFile file) {
        return out().optional(file.content(), Out::text)
                .optional(file.writer(), Encoding::writeId)
                .list(file.contributors(), Encoding::writeId)
                .toBytes();
    }

    static MergedFile file(String path, byte[] bytes) {
        var in = in(bytes);
        return new MergedFile(path, in.optional(In::text), in.optional(Encoding::readId), in.list(Encoding::readId));
    }

    static byte[] contract(Contract contract) {
        return out().text(contract.component())
                .number(contract.version())
                .list(
                        contract.artifacts(),
                        (out, artifact) -> out.text(artifact.kind().name())
                                .text(artifact.path())
                                .text(artifact.mediaType())
                                .text(artifact.content()))
                .toBytes();
    }

    static Contract contract(byte[] bytes) {
        var in = in(bytes);
        return new Contract(
                in.text(),
                in.count(),
                in.list(each -> new Contract.Artifact(
                        Contract.Kind.valueOf(each.text()), each.text(), each.text(), each.text())));
    }

    static byte[] id(TaskId id) {
        return out().text(id.value()).toBytes();
    }

    static TaskId id(byte[] bytes) {
        return readId(in(bytes));
    }

    static byte[] settlement(Settlement settlement) {
        var out = out();
        writeSettlement(out, settlement);
        return out.toBytes();
    }

    static Settlement settlement(byte[] bytes) {
        return readSettlement(in(bytes));
    }

    static byte[] task(PlannedTask planned) {
        var task = planned.task();
        return out().text(task.id().value())
                .text(task.kind().name())
                .text(task.title())
                .text(task.description())
                .list(task.acceptanceCriteria(), Out::text)
                .optional(task.component(), Out::text)
                .optional(task.operation(), Out::text)
                .text(task.priority().name())
                .number(task.estimateMinutes())
                .list(task.needs(), Encoding::writeNeed)
                .list(task.unlocks(), Encoding::writeId)
                .number(task.phase())
                .flag(task.critical())
                .flag(task.done())
                .list(task.expectedFiles(), Out::text)
                .optional(task.checks().command(), Out::text)
                .list(task.checks().outputs(), Out::text)
                .list(task.tags(), Out::text)
                .optional(
                        task.source(),
                        (out, source) -> out.text(source.path())
                                .number(source.firstLine())
                                .number(source.lastLine()))
                .list(
                        List.copyOf(planned.dependents().entrySet()),
                        (out, dependent) -> out.text(dependent.getKey()).text(dependent.getValue()))
                .toBytes();
    }

    static PlannedTask task(byte[] bytes) {
        var in = in(bytes);
        var task = new Task(
                readId(in),
                Task.Kind.valueOf(in.text()),
                in.text(),
                in.text(),
                in.list(In::text),
                in.optional(In::text),
                in.optional(In::text),
                Task.Priority.valueOf(in.text()),
                in.count(),
                in.list(Encoding::readNeed),
                in.list(Encoding::readId),
                in.count(),
                in.flag(),
                in.flag(),
                in.list(In::text),
                new Checks(in.optional(In::text), in.list(In::text)),
                in.list(In::text),
                in.optional(source -> new SourceSpan(source.text(), source.count(), source.count())));
        var dependents = new LinkedHashMap<String, String>();
        in.list(each -> Map.entry(each.text(), each.text()))
                .forEach(dependent -> dependents.put(dependent.getKey(), dependent.getValue()));
        return new PlannedTask(task, dependents);
    }

    private static void writeSettlement(Out out, Settlement settlement) {
        out.text(settlement.task().value()).number(settlement.attempt());
        switch (settlement) {
            case Settlement.Merged merged ->
                out.flag(true)
                        .number(merged.version())
                        .text(merged.digest().hex())
                        .list(merged.changed(), Out::text)
                        .list(merged.touched(), Out::text);
            case Settlement.Conflicted conflicted ->
                out.flag(false)
                        .list(conflicted.conflicts(), Encoding::writeConflict)
                        .list(conflicted.held(), Encoding::writeChange)
                        .optional(
                                conflicted.resolves(),
                                (to, resolved) ->
                                        to.text(resolved.task().value()).number(resolved.attempt()));
        }
    }

    private static Settlement readSettlement(In in) {
        var task = readId(in);
        int attempt = in.count();
        if (in.flag())
            return new Settlement.Merged(
                    task, attempt, in.number(), new ContextDigest(in.text()), in.list(In::text), in.list(In::text));
        return new Settlement.Conflicted(
                task,
                attempt,
                in.list(Encoding::readConflict),
                in.list(Encoding::readChange),
                in.optional(resolved -> new ResolvedAttempt(readId(resolved), resolved.count())));
    }

    private static void writeConflict(Out out, FileConflict conflict) {
        out.text(conflict.path())
                .optional(conflict.base(), Out::text)
                .optional(conflict.current(), Out::text)
                .optional(conflict.proposed(), Out::text)
                .list(conflict.contributors(), Encoding::writeId);
    }

    private static FileConflict readConflict(In in) {
        return new FileConflict(
                in.text(),
                in.optional(In::text),
                in.optional(In::text),
                in.optional(In::text),
                in.list(Encoding::readId));
    }

    private static void writeChange(Out out, FileChange change) {
        out.text(change.path()).optional(change.base(), Out::text).optional(change.content(), Out::text);
    }

    private static FileChange readChange(In in) {
        return new FileChange(in.text(), in.optional(In::text), in.optional(In::text));
    }

    private static void writeNeed(Out out, Need need) {
        out.text(need.on().value())
                .text(need.kind().name())
                .text(need.reason().name())
                .text(need.because())
                .real(need.confidence());
    }

    private static Need readNeed(In in) {
        return new Need(readId(in), Need.Kind.valueOf(in.text()), Need.Reason.valueOf(in.text()), in.text(), in.real());
    }

    private static void writeId(Out out, TaskId id) {
        out.text(id.value());
    }

    private static TaskId readId(In in) {
        return new TaskId(in.text());
    }

    private static Out out() {
        return new Out().number(FORMAT);
    }

    private static In in(byte[] bytes) {
        var in = new In(bytes);
        long format = in.number();
        if (format != FORMAT)
            throw new IllegalStateException("state of format " + format + " is from another version of the service");
        return in;
    }
}

package io.taskweaver.planner;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.contract.Operation;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.event.Pause;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Notice;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.schedule.Attempts;
import io.taskweaver.domain.schedule.PlanState;
import io.taskweaver.domain.schedule.TaskState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the planner's state becomes bytes: a version, then the fields in a fixed order. Enums are written by name, so that
 * their order may change.
 */
final class Encoding {
    private static final int VERSION = 4;

    private Encoding() {}

    static byte[] encode(PlanHead head) {
        return written(out -> {
            switch (head) {
                case PlanHead.Made made -> {
                    out.text("made");
                    out.text(made.id().value());
                    out.text(made.title());
                    out.instant(made.createdAt());
                    write(out, made.state());
                    out.constant(made.priority());
                    write(out, made.limits());
                }
                case PlanHead.Waiting waiting -> {
                    out.text("waiting");
                    out.text(waiting.id().value());
                    out.instant(waiting.at());
                    out.number(waiting.starts());
                }
                case PlanHead.Refused refused -> {
                    out.text("refused");
                    out.text(refused.id().value());
                    out.instant(refused.at());
                    out.list(refused.rejections(), Encoding::write);
                }
            }
        });
    }

    static PlanHead head(byte[] bytes) {
        var in = reading(bytes);
        var form = in.text();
        return switch (form) {
            case "made" ->
                new PlanHead.Made(
                        new PlanId(in.text()),
                        in.text(),
                        in.instant(),
                        planState(in),
                        in.constant(Task.Priority.class),
                        limits(in));
            case "waiting" -> new PlanHead.Waiting(new PlanId(in.text()), in.instant(), in.number());
            case "refused" -> new PlanHead.Refused(new PlanId(in.text()), in.instant(), in.list(Encoding::rejection));
            default -> throw unknown("plan", form);
        };
    }

    static byte[] encode(PlanSummary plan) {
        return written(out -> {
            out.text(plan.id().value());
            out.text(plan.title());
            out.instant(plan.createdAt());
            out.text(plan.causationId());
            out.number(plan.contractCount());
            out.number(plan.workCount());
            out.number(plan.doneCount());
            out.number(plan.phaseCount());
            out.number(plan.firstPhaseWidth());
            out.list(plan.criticalPath(), Encoding::write);
            out.number(plan.criticalPathMinutes());
            out.number(plan.totalMinutes());
            out.list(plan.constraints(), BinaryWriter::text);
            out.list(plan.boundaries(), BinaryWriter::text);
            out.list(plan.notices(), Encoding::write);
            write(out, plan.options());
        });
    }

    static PlanSummary summary(byte[] bytes) {
        var in = reading(bytes);
        return new PlanSummary(
                new PlanId(in.text()),
                in.text(),
                in.instant(),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.list(Encoding::taskId),
                in.number(),
                in.number(),
                in.list(BinaryReader::text),
                in.list(BinaryReader::text),
                in.list(Encoding::notice),
                options(in));
    }

    static byte[] encode(PlannedTask planned) {
        return written(out -> {
            var task = planned.task();
            out.number(planned.position());
            write(out, task.id());
            out.constant(task.kind());
            out.text(task.title());
            out.text(task.description());
            out.list(task.acceptanceCriteria(), BinaryWriter::text);
            out.optional(task.component(), BinaryWriter::text);
            out.optional(task.operation(), BinaryWriter::text);
            out.constant(task.priority());
            out.number(task.estimateMinutes());
            out.list(task.needs(), Encoding::write);
            out.list(task.unlocks(), Encoding::write);
            out.number(task.phase());
            out.flag(task.critical());
            out.flag(task.done());
            out.list(task.expectedFiles(), BinaryWriter::text);
            out.optional(task.checks().command(), BinaryWriter::text);
            out.list(task.checks().outputs(), BinaryWriter::text);
            out.list(task.tags(), BinaryWriter::text);
            out.optional(task.source(), Encoding::write);
        });
    }

    static PlannedTask task(byte[] bytes) {
        var in = reading(bytes);
        int position = in.number();
        return new PlannedTask(
                new Task(
                        taskId(in),
                        in.constant(Task.Kind.class),
                        in.text(),
                        in.text(),
                        in.list(BinaryReader::text),
                        in.optional(BinaryReader::text),
                        in.optional(BinaryReader::text),
                        in.constant(Task.Priority.class),
                        in.number(),
                        in.list(Encoding::need),
                        in.list(Encoding::taskId),
                        in.number(),
                        in.flag(),
                        in.flag(),
                        in.list(BinaryReader::text),
                        new Checks(in.optional(BinaryReader::text), in.list(BinaryReader::text)),
                        in.list(BinaryReader::text),
                        in.optional(Encoding::span)),
                position);
    }

    static byte[] encode(ComponentSpec component) {
        return written(out -> {
            write(out, component.node());
            out.text(component.name());
            out.text(component.description());
            out.text(component.basePackage());
            out.list(component.operations(), (to, operation) -> {
                to.text(operation.name());
                to.text(operation.description());
                write(to, operation.task());
            });
            out.list(component.consumers(), Encoding::write);
        });
    }

    static ComponentSpec component(byte[] bytes) {
        var in = reading(bytes);
        return new ComponentSpec(
                taskId(in),
                in.text(),
                in.text(),
                in.text(),
                in.list(from -> new Operation(from.text(), from.text(), taskId(from))),
                in.list(Encoding::taskId));
    }

    static byte[] encode(TaskState state) {
        return written(out -> {
            switch (state) {
                case TaskState.Pending pending -> {
                    out.text("pending");
                    write(out, pending.attempts());
                }
                case TaskState.Delayed delayed -> {
                    out.text("delayed");
                    write(out, delayed.attempts());
                    out.instant(delayed.until());
                }
                case TaskState.Issued issued -> {
                    out.text("issued");
                    write(out, issued.attempts());
                    out.instant(issued.since());
                }
                case TaskState.Running running -> {
                    out.text("running");
                    write(out, running.attempts());
                    out.instant(running.since());
                    out.text(running.executor());
                    out.instant(running.startedAt());
                }
                case TaskState.Unmerged unmerged -> {
                    out.text("unmerged");
                    write(out, unmerged.attempts());
                    out.instant(unmerged.since());
                }
                case TaskState.Conflicted conflicted -> {
                    out.text("conflicted");
                    write(out, conflicted.attempts());
                    write(out, conflicted.resolver());
                }
                case TaskState.Merged merged -> {
                    out.text("merged");
                    write(out, merged.attempts());
                    out.instant(merged.at());
                }
                case TaskState.NeedsInput waiting -> {
                    out.text("needs-input");
                    write(out, waiting.attempts());
                    out.text(waiting.question());
                }
                case TaskState.Gated waiting -> {
                    out.text("gated");
                    write(out, waiting.attempts());
                }
                case TaskState.Held held -> {
                    out.text("held");
                    write(out, held.attempts());
                    out.text(held.reason());
                }
                case TaskState.Failed failed -> {
                    out.text("failed");
                    write(out, failed.attempts());
                    out.text(failed.reason());
                    out.optional(failed.hint(), BinaryWriter::text);
                }
                case TaskState.DoneBefore done -> out.text("done");
            }
        });
    }

    static TaskState state(byte[] bytes) {
        var in = reading(bytes);
        var form = in.text();
        return switch (form) {
            case "pending" -> new TaskState.Pending(attempts(in));
            case "delayed" -> new TaskState.Delayed(attempts(in), in.instant());
            case "issued" -> new TaskState.Issued(attempts(in), in.instant());
            case "running" -> new TaskState.Running(attempts(in), in.instant(), in.text(), in.instant());
            case "unmerged" -> new TaskState.Unmerged(attempts(in), in.instant());
            case "conflicted" -> new TaskState.Conflicted(attempts(in), taskId(in));
            case "merged" -> new TaskState.Merged(attempts(in), in.instant());
            case "needs-input" -> new TaskState.NeedsInput(attempts(in), in.text());
            case "gated" -> new TaskState.Gated(attempts(in));
            case "held" -> new TaskState.Held(attempts(in), in.text());
            case "failed" -> new TaskState.Failed(attempts(in), in.text(), in.optional(BinaryReader::text));
            case "done" -> new TaskState.DoneBefore();
            default -> throw unknown("task state", form);
        };
    }

    private static void write(BinaryWriter out, PlanState state) {
        switch (state) {
            case PlanState.Active active -> out.text("active");
            case PlanState.Paused paused -> {
                out.text("paused");
                out.text(paused.reason());
                out.constant(paused.cause());
            }
            case PlanState.Completed completed -> {
                out.text("completed");
                out.number(completed.done());
                out.number(completed.retried());
            }
            case PlanState.Failed failed -> {
                out.text("failed");
                out.text(failed.reason());
                out.number(failed.done());
                out.list(failed.failed(), Encoding::write);
                out.list(failed.blocked(), Encoding::write);
                out.number(failed.retried());
            }
            case PlanState.Cancelled cancelled -> {
                out.text("cancelled");
                out.text(cancelled.reason());
                out.number(cancelled.done());
                out.number(cancelled.retried());
            }
        }
    }

    private static PlanState planState(BinaryReader in) {
        var form = in.text();
        return switch (form) {
            case "active" -> new PlanState.Active();
            case "paused" -> new PlanState.Paused(in.text(), in.constant(Pause.Cause.class));
            case "completed" -> new PlanState.Completed(in.number(), in.number());
            case "failed" ->
                new PlanState.Failed(
                        in.text(), in.number(), in.list(Encoding::taskId), in.list(Encoding::taskId), in.number());
            case "cancelled" -> new PlanState.Cancelled(in.text(), in.number(), in.number());
            default -> throw unknown("plan state", form);
        };
    }

    private static void write(BinaryWriter out, Attempts attempts) {
        out.number(attempts.number());
        out.number(attempts.counted());
        out.number(attempts.agent());
        out.optional(attempts.feedback(), BinaryWriter::text);
        out.flag(attempts.approved());
        boolean free = attempts.used().equals(Usage.NONE);
        out.flag(free);
        if (!free) write(out, attempts.used());
    }

    private static Attempts attempts(BinaryReader in) {
        return new Attempts(
                in.number(),
                in.number(),
                in.number(),
                in.optional(BinaryReader::text),
                in.flag(),
                in.flag() ? Usage.NONE : usage(in));
    }

    private static void write(BinaryWriter out, Usage usage) {
        out.wide(usage.inputTokens());
        out.wide(usage.outputTokens());
        out.wide(usage.costMicros());
    }

    private static Usage usage(BinaryReader in) {
        return new Usage(in.wide(), in.wide(), in.wide());
    }

    private static void write(BinaryWriter out, Limits limits) {
        out.optional(limits.within(), (to, within) -> to.wide(within.toMillis()));
        out.optional(limits.cost(), Encoding::write);
        out.optional(limits.tokens(), Encoding::write);
    }

    private static Limits limits(BinaryReader in) {
        return new Limits(
                in.optional(from -> Duration.ofMillis(from.wide())),
                in.optional(Encoding::allowance),
                in.optional(Encoding::allowance));
    }

    private static void write(BinaryWriter out, Limits.Allowance allowance) {
        out.wide(allowance.soft());
        out.wide(allowance.hard());
    }

    private static Limits.Allowance allowance(BinaryReader in) {
        return new Limits.Allowance(in.wide(), in.wide());
    }

    private static void write(BinaryWriter out, TaskId id) {
        out.text(id.value());
    }

    private static TaskId taskId(BinaryReader in) {
        return new TaskId(in.text());
    }

    private static void write(BinaryWriter out, Need need) {
        write(out, need.on());
        out.constant(need.kind());
        out.constant(need.reason());
        out.text(need.because());
        out.decimal(need.confidence());
    }

    private static Need need(BinaryReader in) {
        return new Need(
                taskId(in), in.constant(Need.Kind.class), in.constant(Need.Reason.class), in.text(), in.decimal());
    }

    private static void write(BinaryWriter out, SourceSpan span) {
        out.text(span.path());
        out.number(span.firstLine());
        out.number(span.lastLine());
    }

    private static SourceSpan span(BinaryReader in) {
        return new SourceSpan(in.text(), in.number(), in.number());
    }

    private static void write(BinaryWriter out, Notice notice) {
        out.text(notice.code());
        out.text(notice.message());
        out.optional(notice.source(), Encoding::write);
    }

    private static Notice notice(BinaryReader in) {
        return new Notice(in.text(), in.text(), in.optional(Encoding::span));
    }

    private static void write(BinaryWriter out, Rejection rejection) {
        out.text(rejection.code());
        out.text(rejection.message());
        out.text(rejection.hint());
        out.optional(rejection.source(), Encoding::write);
    }

    private static Rejection rejection(BinaryReader in) {
        return new Rejection(in.text(), in.text(), in.text(), in.optional(Encoding::span));
    }

    private static void write(BinaryWriter out, PlanOptions options) {
        out.optional(options.title(), BinaryWriter::text);
        out.text(options.agent());
        out.list(options.fallbacks(), BinaryWriter::text);
        out.list(List.copyOf(options.agentsFor().entrySet()), (to, entry) -> {
            to.text(entry.getKey());
            to.list(entry.getValue(), BinaryWriter::text);
        });
        out.list(List.copyOf(options.gates()), BinaryWriter::text);
        out.number(options.maxConcurrent());
        out.number(options.maxAttempts());
        out.wide(options.attemptTimeout().toMillis());
        write(out, options.limits());
        out.text(options.basePackage());
        out.optional(options.verify(), BinaryWriter::text);
        out.optional(options.base(), (to, base) -> {
            to.text(base.folder());
            to.text(base.commit());
        });
    }

    private static PlanOptions options(BinaryReader in) {
        return new PlanOptions(
                in.optional(BinaryReader::text),
                in.text(),
                in.list(BinaryReader::text),
                agentsFor(in),
                Set.copyOf(in.list(BinaryReader::text)),
                in.number(),
                in.number(),
                Duration.ofMillis(in.wide()),
                limits(in),
                in.text(),
                in.optional(BinaryReader::text),
                in.optional(from -> new BaseCommit(from.text(), from.text())));
    }

    private static Map<String, List<String>> agentsFor(BinaryReader in) {
        var agents = new LinkedHashMap<String, List<String>>();
        for (var each : in.list(from -> Map.entry(from.text(), from.list(BinaryReader::text))))
            agents.put(each.getKey(), each.getValue());
        return agents;
    }

    private static byte[] written(Consumer<BinaryWriter> fields) {
        var out = new BinaryWriter();
        out.number(VERSION);
        fields.accept(out);
        return out.bytes();
    }

    private static BinaryReader reading(byte[] bytes) {
        var in = new BinaryReader(bytes);
        int version = in.number();
        if (version != VERSION)
            throw new IllegalStateException("The planner's state was written by another version of TaskWeaver (format "
                    + version + ", this one reads " + VERSION + ").");
        return in;
    }

    private static IllegalStateException unknown(String what, String form) {
        return new IllegalStateException("not a " + what + ": " + form);
    }
}

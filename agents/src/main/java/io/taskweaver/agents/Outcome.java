package io.taskweaver.agents;

import io.taskweaver.code.AgentBranch;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Usage;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a run ended. */
public sealed interface Outcome {
    /** What it cost. */
    Usage usage();

    /** The same without secrets; files of a result are as they are. */
    default Outcome masked(Secrets secrets) {
        return switch (this) {
            case Succeeded(
                    String answer,
                    Optional<CodeResult> code,
                    String summary,
                    List<String> links,
                    Usage usage,
                    List<String> failures,
                    List<AgentBranch> branches) ->
                new Succeeded(
                        answer,
                        code,
                        secrets.masked(summary),
                        all(links, secrets),
                        usage,
                        all(failures, secrets),
                        branches);
            case Unsuccessful failed -> failed.masked(secrets);
        };
    }

    private static List<String> all(List<String> texts, Secrets secrets) {
        return texts.stream().map(secrets::masked).toList();
    }

    /**
     * The agent succeeded.
     *
     * @param answer its answer in full
     * @param code what it left in its folder, even if it changed nothing; empty if it has no folder, and its answer
     *     contains the changes
     * @param summary a few lines for a person
     * @param links pull requests and the like
     * @param failures failures of the plan's command that the code had before
     * @param branches where in a repository its work is; empty if it did not say
     */
    record Succeeded(
            String answer,
            Optional<CodeResult> code,
            String summary,
            List<String> links,
            Usage usage,
            List<String> failures,
            List<AgentBranch> branches)
            implements Outcome {
        public Succeeded {
            links = List.copyOf(links);
            failures = List.copyOf(failures);
            branches = List.copyOf(branches);
        }

        /** Its work is in no branch. */
        public Succeeded(
                String answer,
                Optional<CodeResult> code,
                String summary,
                List<String> links,
                Usage usage,
                List<String> failures) {
            this(answer, code, summary, links, usage, failures, List.of());
        }

        /** The same, whose work is in a repository. */
        public Succeeded in(List<AgentBranch> places) {
            return new Succeeded(answer, code, summary, links, usage, failures, places);
        }

        /** Nothing fails. */
        public Succeeded(String answer, Optional<CodeResult> code, String summary, List<String> links, Usage usage) {
            this(answer, code, summary, links, usage, List.of());
        }

        /** The agent answered only with text. */
        public Succeeded(String answer, String summary, List<String> links, Usage usage) {
            this(answer, Optional.empty(), summary, links, usage);
        }
    }

    /** It failed. {@code reason} is for a person and contains no secret. */
    sealed interface Unsuccessful extends Outcome {
        String reason();

        @Override
        default Unsuccessful masked(Secrets secrets) {
            var text = secrets.masked(reason());
            return switch (this) {
                case RateLimited limited -> new RateLimited(text, limited.until());
                case InfraFailed failed -> new InfraFailed(text, failed.storage());
                case Interrupted interrupted -> new Interrupted(text, interrupted.runGoesOn());
                case NeedsInput needs -> new NeedsInput(text, needs.usage());
                case TaskFailed failed -> new TaskFailed(text, failed.usage(), all(failed.failures(), secrets));
                case TimedOut timedOut -> new TimedOut(text, timedOut.limit());
                case BudgetExceeded exceeded -> new BudgetExceeded(text, exceeded.usage());
                case Cancelled cancelled -> new Cancelled(text);
                case CredentialsRefused refused ->
                    new CredentialsRefused(text, secrets.masked(refused.hint()), refused.runGoesOn());
                case NotConfigured lacking -> new NotConfigured(text, secrets.masked(lacking.hint()));
                case SetupFailed failed -> new SetupFailed(text, failed.usage());
                case RemoteFailed failed ->
                    new RemoteFailed(text, secrets.masked(failed.hint()), failed.runGoesOn(), failed.usage());
                case NotAllowed refused -> new NotAllowed(text, refused.hint(), refused.usage());
            };
        }

        /** Whether the run may still continue: it is awaited again instead of paying for another. */
        default boolean runGoesOn() {
            return false;
        }

        @Override
        default Usage usage() {
            return Usage.NONE;
        }
    }

    /** Rate limit: uses up no attempt; {@code until} is when to retry, if the agent says so. */
    record RateLimited(String reason, Optional<Instant> until) implements Unsuccessful {}

    /**
     * The agent is unreachable or failed itself: retry later.
     *
     * @param storage what is wrong with storage of this machine, if that is the cause and may pass: what was paid is still
     *     there, and the step that failed is repeated
     */
    record InfraFailed(String reason, Optional<StorageFailure> storage) implements Unsuccessful {
        /** It has nothing to do with storage. */
        public InfraFailed(String reason) {
            this(reason, Optional.empty());
        }

        /**
         * Something could not be read or written on this machine.
         *
         * @param what begins the reason
         */
        public static InfraFailed of(String what, IOException thrown) {
            var storage = StorageFailure.behind(thrown).filter(StorageFailure::mayPass);
            return new InfraFailed(
                    what + ": "
                            + storage.map(failure -> failure.cause() + ". " + failure.relief())
                                    .orElseGet(() -> StorageFailure.explained(thrown)),
                    storage);
        }
    }

    /** Its executor was stopped, and with it the run or only the wait for it: uses up no attempt. */
    record Interrupted(String reason, boolean runGoesOn) implements Unsuccessful {}

    /** A person must answer first. */
    record NeedsInput(String reason, Usage usage) implements Unsuccessful {
        public NeedsInput(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /**
     * The agent could not do the task.
     *
     * @param failures failures of the plan's command, comparable from run to run; empty if it did not run
     */
    record TaskFailed(String reason, Usage usage, List<String> failures) implements Unsuccessful {
        public TaskFailed {
            failures = List.copyOf(failures);
        }

        public TaskFailed(String reason, Usage usage) {
            this(reason, usage, List.of());
        }

        public TaskFailed(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /**
     * It did not end in time.
     *
     * @param limit of the attempt; zero if it was another limit
     */
    record TimedOut(String reason, Duration limit) implements Unsuccessful {}

    /** No money or quota is left. */
    record BudgetExceeded(String reason, Usage usage) implements Unsuccessful {
        public BudgetExceeded(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /**
     * No money or quota is left; if the agent says when it is available again, this is a rate limit.
     *
     * @param until when to retry
     */
    static Unsuccessful noCredit(String reason, Usage usage, Optional<Instant> until) {
        return until.isPresent() ? new RateLimited(reason, until) : new BudgetExceeded(reason, usage);
    }

    /** It was stopped. */
    record Cancelled(String reason) implements Unsuccessful {}

    /**
     * The executor's owner does not permit what the plan asks for; {@code hint} is the remedy. {@code usage} is the
     * cost of the run, if there was one.
     */
    record NotAllowed(String reason, String hint, Usage usage) implements Unsuccessful {
        /** No run was created. */
        public NotAllowed(String reason, String hint) {
            this(reason, hint, Usage.NONE);
        }
    }

    /** The plan's command cannot prepare a work tree, which is not the agent's fault; usage of a run that came before. */
    record SetupFailed(String reason, Usage usage) implements Unsuccessful {
        /** No run was created. */
        public SetupFailed(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /** This machine does not have the agent, or not its program; {@code hint} is the remedy. */
    record NotConfigured(String reason, String hint) implements Unsuccessful {}

    /**
     * The repository that the agent works on cannot be pushed to or fetched from, which is not its fault.
     *
     * @param hint the remedy
     * @param runGoesOn whether there is a run, whose result can be taken later
     */
    record RemoteFailed(String reason, String hint, boolean runGoesOn, Usage usage) implements Unsuccessful {}

    /** The credentials are invalid, from the beginning or during a run; {@code hint} says what to set. */
    record CredentialsRefused(String reason, String hint, boolean runGoesOn) implements Unsuccessful {
        /** No run continues. */
        public CredentialsRefused(String reason, String hint) {
            this(reason, hint, false);
        }
    }
}

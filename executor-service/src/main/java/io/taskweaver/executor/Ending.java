package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.plan.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is reported of an attempt that ended. */
sealed interface Ending {
    /** The agent's own id of the run, where there was one. */
    Optional<String> runId();

    /** What it cost. */
    Usage usage();

    /** It succeeded, with these changes. */
    record Completed(Optional<String> runId, String summary, List<FileChange> files, List<String> links, Usage usage)
            implements Ending {
        public Completed {
            files = List.copyOf(files);
            links = List.copyOf(links);
        }

        /** The same, with what could not be checked said in its summary. */
        Completed unchecked(List<String> what) {
            if (what.isEmpty()) return this;
            var lines = what.stream().map(each -> "Not checked: " + each).collect(Collectors.joining("\n"));
            return new Completed(runId, (summary + "\n" + lines).strip(), files, links, usage);
        }
    }

    /** It did not. */
    record Failed(Optional<String> runId, Outcome.Unsuccessful outcome) implements Ending {
        @Override
        public Usage usage() {
            return outcome.usage();
        }
    }
}

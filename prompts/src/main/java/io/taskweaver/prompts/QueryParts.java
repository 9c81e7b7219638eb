package io.taskweaver.prompts;

import io.taskweaver.model.FileConflict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program finds in a query.
 *
 * @param task id of the task
 * @param title its title
 * @param description the requirement in full
 * @param acceptanceCriteria what has to hold when it is done
 * @param newClass path of the class that the task is to write
 * @param expectedFiles paths that it is expected to touch
 * @param outputs paths that have to exist in the end
 * @param implemented files of the contract that it implements, path to text
 * @param callable files of contracts that it may call
 * @param conflicts on a reconcile task, the files to bring together; without their contributors
 * @param files files at hand
 * @param remote repository and branch to work on; empty if the answer has the changes
 */
public record QueryParts(
        String task,
        String title,
        String description,
        List<String> acceptanceCriteria,
        Optional<String> component,
        Optional<String> operation,
        Optional<String> newClass,
        List<String> expectedFiles,
        List<String> outputs,
        Map<String, String> implemented,
        Map<String, String> callable,
        List<FileConflict> conflicts,
        Map<String, String> files,
        Optional<Delivery.OnRemote> remote) {
    public QueryParts {
        acceptanceCriteria = List.copyOf(acceptanceCriteria);
        expectedFiles = List.copyOf(expectedFiles);
        outputs = List.copyOf(outputs);
        implemented = Map.copyOf(implemented);
        callable = Map.copyOf(callable);
        conflicts = List.copyOf(conflicts);
        files = Map.copyOf(files);
    }
}

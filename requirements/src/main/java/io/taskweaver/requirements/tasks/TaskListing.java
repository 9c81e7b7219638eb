package io.taskweaver.requirements.tasks;

import io.taskweaver.requirements.analysis.ReadingNotice;
import java.util.List;

/**
 * A list as it was read.
 *
 * @param remarks what a reader should know: what was not understood, corrected or left out, each with its place
 */
public record TaskListing(TaskList list, List<ReadingNotice> remarks) {
    public TaskListing {
        remarks = List.copyOf(remarks);
    }
}

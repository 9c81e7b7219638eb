package io.taskweaver.prompts;

import io.taskweaver.model.FileChange;
import java.util.List;

/** What an agent's answer says. */
public sealed interface AnswerReading {
    /**
     * It can be read.
     *
     * @param summary a few lines for a person, may be empty
     * @param changes one for each file that the answer changes, in the order in which it names them; none if nothing
     *     had to be done
     */
    record Answer(String summary, List<FileChange> changes) implements AnswerReading {
        public Answer {
            changes = List.copyOf(changes);
        }
    }

    /**
     * It cannot.
     *
     * @param reason what is wrong and what to do, for the agent's next attempt and for a person
     */
    record Unreadable(String reason) implements AnswerReading {}
}

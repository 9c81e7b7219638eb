package io.taskweaver.prompts;

import java.util.List;

/** What became of reading templates. */
public sealed interface TemplateReading {
    /** They can be used. */
    record Usable(QueryTemplates templates) implements TemplateReading {}

    /** They cannot. */
    record Faulty(List<Fault> faults) implements TemplateReading {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What is wrong with one.
     *
     * @param file name of the template
     * @param line from 1
     * @param message for the person who wrote it
     */
    record Fault(String file, int line, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + message;
        }
    }
}

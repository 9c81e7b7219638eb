package io.taskweaver.scheduling.inference;

import java.util.List;

/**
 * A task as inference reads it. It has no id: inference depends only on its words.
 *
 * @param title one line
 * @param text the rest of its description; may be empty
 * @param urgency its stated urgency, 0 (not) to 3 (critical)
 * @param section headings above it, outermost first
 */
public record Subject(String title, String text, int urgency, List<String> section) {
    public Subject {
        section = List.copyOf(section);
        if (urgency < 0 || urgency > 3) throw new IllegalArgumentException("urgency: " + urgency);
    }

    /** One that stands under no heading. */
    public Subject(String title, String text, int urgency) {
        this(title, text, urgency, List.of());
    }
}

package io.taskweaver.scheduling.inference;

/**
 * A task as inference reads it. It has no id: inference depends only on its words.
 *
 * @param title one line
 * @param text the rest of its description; may be empty
 * @param urgency its stated urgency, 0 (not) to 3 (critical)
 */
public record Subject(String title, String text, int urgency) {
    public Subject {
        if (urgency < 0 || urgency > 3) throw new IllegalArgumentException("urgency: " + urgency);
    }
}

package io.taskweaver.scheduling.inference;

/**
 * A task as inference reads it. It has no id: what is inferred follows from what is said.
 *
 * @param title one line
 * @param text everything else that is said of it; empty if nothing is
 * @param urgency how urgent it is said to be, 0 (not) to 3 (critical)
 */
public record Subject(String title, String text, int urgency) {
    public Subject {
        if (urgency < 0 || urgency > 3) throw new IllegalArgumentException("urgency: " + urgency);
    }
}

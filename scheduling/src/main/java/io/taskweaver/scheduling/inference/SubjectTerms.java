package io.taskweaver.scheduling.inference;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a subject says, taken apart once: most of the time that inference takes goes into this.
 *
 * @param title terms of the title, in order
 * @param text terms of the text, in order
 */
record SubjectTerms(Subject subject, List<String> title, List<String> text, NameReader.Names names) {
    /** Fewer are read before threads have started. */
    private static final int MANY = 500;

    private static SubjectTerms of(Subject subject, TermReader reader) {
        return new SubjectTerms(
                subject,
                reader.terms(subject.title()),
                reader.terms(subject.text()),
                NameReader.names(subject.title(), subject.text()));
    }

    /** Those of each subject, in their order. */
    static List<SubjectTerms> of(List<Subject> subjects) {
        var reader = new TermReader();
        var each = IntStream.range(0, subjects.size());
        return (subjects.size() < MANY ? each : each.parallel())
                .mapToObj(subject -> of(subjects.get(subject), reader))
                .toList();
    }
}

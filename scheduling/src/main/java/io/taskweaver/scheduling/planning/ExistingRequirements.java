package io.taskweaver.scheduling.planning;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Notice;
import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of requirements of which the existing code has something: what is there is not planned again. */
public final class ExistingRequirements {
    private static final String EXISTS = "\n\nExists already: ";
    private static final String PARTIAL = "\n\nExists in part, extend it: ";
    private static final String CONTRADICTED = "\n\nThe code contradicts it: ";

    private ExistingRequirements() {}

    /** A requirement by its lines and title; a statement that was taken apart has several titles on the same lines. */
    private record Key(Optional<SourceSpan> at, String title) {}

    /** Gives each item what was found for it; answers with notices about what is not planned and what is contradicted. */
    static List<Notice> mark(List<RequirementCollection.Item> items, List<Finding> findings) {
        Map<Key, Finding> byKey = new HashMap<>();
        for (var finding : findings)
            if (finding.subject() == Finding.Subject.REQUIREMENT)
                byKey.put(new Key(finding.at(), finding.title()), finding);
        var notices = new ArrayList<Notice>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var requirement = item.requirement();
            var found = Optional.ofNullable(byKey.get(new Key(Optional.of(requirement.at()), requirement.title())));
            if (found.isEmpty() || requirement.done()) continue;
            items.set(i, new RequirementCollection.Item(item.document(), requirement, found));
            notice(found.get()).ifPresent(notices::add);
        }
        return notices;
    }

    private static Optional<Notice> notice(Finding finding) {
        var name = finding.id().map(id -> id + " ('" + finding.title() + "')").orElse("'" + finding.title() + "'");
        return switch (finding.verdict()) {
            case EXISTS ->
                Optional.of(new Notice(
                        "exists", name + " exists and is not planned again: " + finding.places() + ".", finding.at()));
            case CONTRADICTED ->
                Optional.of(new Notice(
                        "contradicted-by-code",
                        name + " contradicts the code: " + finding.because() + " See " + finding.places() + ".",
                        finding.at()));
            case PARTIAL, MISSING, UNREQUESTED -> Optional.empty();
        };
    }

    /** A requirement's text with what is there of it. */
    static String described(String text, Finding finding) {
        return switch (finding.verdict()) {
            case EXISTS -> text + EXISTS + finding.places() + ".";
            case PARTIAL -> text + PARTIAL + finding.places() + ". " + finding.because();
            case CONTRADICTED -> text + CONTRADICTED + finding.because() + " See " + finding.places() + ".";
            case MISSING, UNREQUESTED -> text;
        };
    }

    /**
     * A requirement's text without what was there of it: what code has says nothing of what the documents ask for, and once
     * the result of a task is in the code, that is what is found for it.
     */
    public static String asked(String described) {
        int end = described.length();
        for (var found : List.of(EXISTS, PARTIAL, CONTRADICTED)) {
            int at = described.lastIndexOf(found);
            if (at >= 0) end = Math.min(end, at);
        }
        return described.substring(0, end);
    }

    /** Files of what is there in part and of what has to be put right. */
    static List<String> toTouch(Finding finding) {
        return switch (finding.verdict()) {
            case PARTIAL, CONTRADICTED ->
                finding.evidence().stream().map(CodeEvidence::path).distinct().toList();
            case EXISTS, MISSING, UNREQUESTED -> List.of();
        };
    }

    static Optional<String> tag(Finding finding) {
        return switch (finding.verdict()) {
            case EXISTS -> Optional.of("exists");
            case PARTIAL -> Optional.of("partly-exists");
            case CONTRADICTED -> Optional.of("contradicted");
            case MISSING, UNREQUESTED -> Optional.empty();
        };
    }
}

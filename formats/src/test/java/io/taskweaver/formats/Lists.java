package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary lists of tasks, as far as a format can carry them. */
final class Lists {
    /** How tasks are called. */
    enum Ids {
        /** 1, 2, 2.1, 2.2 */
        NUMBERS,
        /** T001, T002 */
        SPEC_KIT,
        /** Whatever people call them. */
        FREE
    }

    private Lists() {}

    /** What an entry is made of, but its id and what it refers to. */
    private record Content(
            String title,
            String text,
            List<String> lines,
            TaskStatus status,
            TaskPriority priority,
            int number,
            List<Integer> before,
            boolean part) {}

    /**
     * Lists of up to 25 tasks on two levels; each depends on earlier ones.
     *
     * @param statuses states that the format tells apart
     */
    static Arbitrary<TaskList> of(Ids ids, boolean parts, List<TaskStatus> statuses) {
        var text = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, words()),
                net.jqwik.api.Tuple.of(
                        1,
                        Arbitraries.strings()
                                .withChars("ab1 ,;:\"'\n|-+=*_`#[]()<>&\\~é日!.")
                                .ofMaxLength(25)));
        var content = Combinators.combine(
                        text.filter(title -> !title.isBlank()),
                        text,
                        text.list().ofMaxSize(2),
                        Arbitraries.of(statuses),
                        Arbitraries.of(TaskPriority.class),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(1, 30).list().ofMaxSize(3),
                        Arbitraries.of(true, true, false))
                .as(Content::new);
        return content.list().ofMinSize(1).ofMaxSize(25).map(contents -> list(contents, ids, parts));
    }

    /** What looks like the marks of the formats, where it is none. */
    private static Arbitrary<String> words() {
        return Arbitraries.of(
                        "T002",
                        "[P]",
                        "[US1]",
                        "(P)",
                        "[ ] 1. box",
                        "- [x] T009 item",
                        "(depends on T001)",
                        "_Depends: 1_",
                        "**Needs**: T001",
                        "<!-- id: 7 -->",
                        "2.1 second",
                        "# heading",
                        "```",
                        "sign in",
                        "* star",
                        "a/b.java",
                        "`code_span`",
                        "---",
                        "id: 5",
                        "✅")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(words -> String.join(" ", words));
    }

    private static TaskList list(List<Content> contents, Ids ids, boolean parts) {
        var builder = new TaskListBuilder();
        var given = new ArrayList<String>();
        int tops = 0;
        int inside = 0;
        var top = "";
        for (int i = 0; i < contents.size(); i++) {
            var content = contents.get(i);
            boolean part = parts && content.part() && i > 0;
            if (part) inside++;
            else {
                tops++;
                inside = 0;
            }
            var id = switch (ids) {
                case NUMBERS -> part ? tops + "." + inside : Integer.toString(tops);
                case SPEC_KIT -> String.format("T%03d", i + 1);
                case FREE -> (i % 3 == 0 ? "FR-" : i % 3 == 1 ? "bd-a" : "") + (i * 7 + 3) + (i % 5 == 0 ? "é" : "");
            };
            var draft = new TaskDraft(id, content.title());
            draft.entry()
                    .description(content.text())
                    .details(content.title() + "\n" + content.text())
                    .verification(content.text())
                    .criteria(content.lines())
                    .status(content.status())
                    .priority(content.priority())
                    .section(content.number() % 7 == 0 ? content.title() : "Group " + content.number() % 3)
                    .assignee(content.number() % 4 == 0 ? "someone" : "")
                    .references(List.of("US" + content.number()));
            if (content.number() > 10) draft.entry().minutes(content.number());
            for (int back : content.before()) if (back <= i) draft.dependsOn(given.get(i - back), Optional.empty());
            if (part) draft.parent(top);
            else top = id;
            given.add(id);
            builder.add(draft);
        }
        return builder.build().list();
    }
}

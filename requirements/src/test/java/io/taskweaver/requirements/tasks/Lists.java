package io.taskweaver.requirements.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary lists of tasks. */
public final class Lists {
    private Lists() {}

    /** Lists of up to thirty tasks; each depends on earlier ones and may be a part of one. */
    public static Arbitrary<TaskList> any() {
        return draft().list().ofMinSize(1).ofMaxSize(30).map(Lists::list);
    }

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

    private static Arbitrary<Content> draft() {
        var text = Arbitraries.strings().withChars("abc ,;\"'\n|-*_`#[]<>&\\é日").ofMaxLength(25);
        return Combinators.combine(
                        text.filter(title -> !title.isBlank()),
                        text,
                        text.list().ofMaxSize(3),
                        Arbitraries.of(TaskStatus.class),
                        Arbitraries.of(TaskPriority.class),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(1, 40).list().ofMaxSize(3),
                        Arbitraries.of(true, false, false))
                .as(Content::new);
    }

    private static TaskList list(List<Content> contents) {
        var builder = new TaskListBuilder()
                .title("All, of it")
                .constraint("Fast, \"and\" small")
                .boundary("No tax; ever");
        var ids = new ArrayList<String>();
        for (int i = 0; i < contents.size(); i++) {
            var content = contents.get(i);
            var id = "T" + (i + 1);
            var draft = new TaskDraft(id, content.title());
            draft.entry()
                    .description(content.text())
                    .details(content.text())
                    .verification(content.title())
                    .criteria(content.lines())
                    .tags(content.lines())
                    .files(content.lines())
                    .verify(content.text())
                    .outputs(content.lines())
                    .references(content.lines())
                    .status(content.status())
                    .priority(content.priority())
                    .phase(content.number() % 4)
                    .section(content.title())
                    .assignee(content.text())
                    .component(content.number() % 5 == 0 ? "Shop" : "")
                    .operation(content.number() % 5 == 0 ? "sell" + i : "");
            if (content.number() > 10) draft.entry().minutes(content.number());
            for (int back : content.before()) if (back <= i) draft.dependsOn(ids.get(i - back), Optional.empty());
            if (content.part() && i > 0) draft.parent(ids.get(i / 2));
            ids.add(id);
            builder.add(draft);
        }
        return builder.build().list();
    }
}

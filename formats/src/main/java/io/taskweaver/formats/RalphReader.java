package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.Optional;
import java.util.Set;

/** {@code prd.json} of ralph: user stories that pass or do not. Its priorities are an order, 1 first. */
final class RalphReader {
    private static final Set<String> DOCUMENT = Set.of("project", "branchName", "description", "userStories");
    private static final Set<String> STORY =
            Set.of("id", "title", "description", "acceptanceCriteria", "priority", "passes", "notes", "dependsOn");

    private RalphReader() {}

    /**
     * Reads the stories of a document.
     *
     * @throws UnreadableListException if it has none
     */
    static TaskListBuilder read(Json json) throws UnreadableListException {
        if (!(json instanceof Json.Fields object) || object.field("userStories").isEmpty())
            throw new UnreadableListException("it has no array 'userStories'.", Optional.of(json.at()));
        var builder = new TaskListBuilder().title(object.text("project"));
        var unread = new UnreadFields();
        unread.note(object, DOCUMENT);
        if (object.objects("userStories").stream()
                .noneMatch(story -> story.field("dependsOn").isPresent())) builder.onlyOrdered();
        for (var story : object.objects("userStories")) {
            unread.note(story, STORY);
            var draft = new TaskDraft(story.text("id"), story.text("title")).place(story.pointer());
            var entry = draft.entry()
                    .description(story.text("description"))
                    .details(story.text("notes"))
                    .criteria(story.texts("acceptanceCriteria"))
                    .source(story.at());
            story.field("priority")
                    .ifPresent(value -> value.asInteger()
                            .map(order -> TaskPriority.ofLevel(order - 1))
                            .or(() -> value.asText().flatMap(TaskPriority::of))
                            .ifPresent(entry::priority));
            if (story.field("passes")
                    .filter(value -> value instanceof Json.Flag flag && flag.value())
                    .isPresent()) entry.status(TaskStatus.DONE);
            for (var on : story.list("dependsOn"))
                on.asText().ifPresent(id -> draft.dependsOn(id, Optional.of(on.at()), on.pointer()));
            builder.add(draft);
        }
        unread.report(builder);
        return builder;
    }
}

package io.taskweaver.requirements.tasks;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One task of a list. Texts are taken as they come and put into shape.
 *
 * @param id as the list states it; no blanks, commas or semicolons in it
 * @param title one line
 * @param description what is to be done; may be empty
 * @param details how, at length; may be empty
 * @param verification how to see that it is done, in words; may be empty
 * @param verify command of a shell that has to succeed where the result is
 * @param criteria what has to hold when it is done, one line each
 * @param dependencies ids of entries that have to be done before
 * @param phase from 1; 0 if the list does not say
 * @param section heading that it stands under; empty if there is none
 * @param minutes estimated duration
 * @param component part of the product that it belongs to
 * @param operation operation of the component's interface that it implements
 * @param interfaceDefinition source text of the interface that it provides or implements
 * @param parent entry that it is a part of
 * @param files files that it touches
 * @param outputs paths of files that have to exist in the end
 * @param references requirements, stories and documents that it refers to, as the list names them
 * @param passages parts of documents that say what it means
 */
@RecordBuilder
@RecordBuilder.Options(
        enableWither = false,
        useImmutableCollections = true,
        addSingleItemCollectionBuilders = true,
        addConcreteSettersForOptional = RecordBuilder.ConcreteSettersForOptionalMode.ENABLED)
public record TaskEntry(
        String id,
        Kind kind,
        String title,
        String description,
        String details,
        String verification,
        Optional<String> verify,
        List<String> criteria,
        TaskPriority priority,
        List<String> dependencies,
        int phase,
        String section,
        TaskStatus status,
        List<String> tags,
        OptionalInt minutes,
        Optional<String> assignee,
        Optional<String> component,
        Optional<String> operation,
        Optional<String> interfaceDefinition,
        Optional<String> parent,
        List<String> files,
        List<String> outputs,
        List<String> references,
        List<Passage> passages,
        Optional<SourceSpan> source) {
    private static final Pattern ID = Pattern.compile("[^\\s,;]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BREAKS = Pattern.compile("(?<![ \\t\\x0B\\f])[ \\t\\x0B\\f]*+[\\r\\n]\\s*+");

    /** What a task does. */
    public enum Kind {
        /** Work, for a person or an agent. */
        WORK,
        /** Publishes a component's contract. */
        CONTRACT
    }

    public TaskEntry {
        if (!ID.matcher(id).matches()) throw new IllegalArgumentException("not an id: '" + id + "'");
        title = oneLine(title);
        if (title.isEmpty()) throw new IllegalArgumentException(id + " needs a title");
        if (phase < 0) throw new IllegalArgumentException("phase of " + id + " is negative");
        if (minutes.isPresent() && minutes.getAsInt() < 0)
            throw new IllegalArgumentException("estimate of " + id + " is negative");
        description = description.strip();
        details = details.strip();
        verification = verification.strip();
        verify = stripped(verify);
        criteria = lines(criteria);
        dependencies = List.copyOf(dependencies);
        section = oneLine(section);
        tags = lines(tags);
        assignee = phrase(assignee);
        component = phrase(component);
        operation = phrase(operation);
        interfaceDefinition = stripped(interfaceDefinition);
        files = lines(files);
        outputs = lines(outputs);
        references = lines(references);
        passages = List.copyOf(passages);
    }

    /** Whether its result has to pass checks of its own. */
    public boolean isChecked() {
        return verify.isPresent() || !outputs.isEmpty();
    }

    static String oneLine(String text) {
        return BREAKS.matcher(text.strip()).replaceAll(" ");
    }

    private static Optional<String> stripped(Optional<String> text) {
        return text.map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<String> phrase(Optional<String> text) {
        return stripped(text).map(value -> BLANKS.matcher(value).replaceAll(" "));
    }

    private static List<String> lines(List<String> texts) {
        return texts.stream()
                .map(TaskEntry::oneLine)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }
}

package io.taskweaver.prompts;

import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Task;
import io.taskweaver.prompts.Query.Omission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the prompts of tasks: all that an agent needs that knows nothing else. The same context gives the same text;
 * nothing in it depends on the time, the attempt or how far other tasks are.
 *
 * <p>Texts of users are quoted, and files are fenced, so that what they hold is never taken for a part of the prompt.
 */
public final class QueryWriter {
    /** Limit of {@link #DEFAULT}, tokens. */
    public static final int DEFAULT_LIMIT = 60_000;

    /** Longest prompt for an agent with a work tree, bytes. */
    public static final int DEFAULT_BYTES = 8_192;

    /** Writes by the templates that come with the program. Lengths are estimated, unless the limit is near. */
    public static final QueryWriter DEFAULT =
            new QueryWriter(QueryTemplates.DEFAULT, DEFAULT_LIMIT, TokenCount.estimated());

    private static final int NAMED_OMISSIONS = 30;
    /** Longest feedback in a short prompt, characters; all of it is set aside then. */
    private static final int LONGEST_FEEDBACK = 2_000;

    private final QueryTemplates templates;
    private final int limit;
    private final int bytes;
    private final TokenCount shown;

    /**
     * @param limit length to keep, in tokens as {@link TokenCount#exact} counts; over it the least useful parts are left
     *     out, and the text names them. What a task cannot be done without stays, so a very long task may exceed it.
     * @param shown how the length of a query is given; the limit is kept exactly in any case
     */
    public QueryWriter(QueryTemplates templates, int limit, TokenCount shown) {
        this(templates, limit, DEFAULT_BYTES, shown);
    }

    /**
     * @param limit length to keep where all is in the prompt, in tokens
     * @param bytes length to keep where a work tree has what is not in the prompt; only a requirement that is longer exceeds it
     */
    public QueryWriter(QueryTemplates templates, int limit, int bytes, TokenCount shown) {
        if (limit < 1) throw new IllegalArgumentException("a limit of " + limit + " tokens leaves no room");
        if (bytes < 1) throw new IllegalArgumentException("a limit of " + bytes + " bytes leaves no room");
        this.templates = templates;
        this.limit = limit;
        this.bytes = bytes;
        this.shown = shown;
    }

    /**
     * The prompt of a task, for an agent that answers with text.
     *
     * @param feedback why the last attempt failed
     */
    public Query write(IsolatedContext context, Optional<String> feedback) {
        return write(context, feedback, new Delivery.Answered());
    }

    /**
     * The prompt of a task.
     *
     * @param feedback why the last attempt failed
     * @param delivery how the agent delivers its result
     */
    public Query write(IsolatedContext context, Optional<String> feedback, Delivery delivery) {
        // No agent reads it: what verifies the code runs it.
        if (context.task().kind() == Task.Kind.VERIFY)
            return new Query(context.task().checks().command().orElseThrow(), 0, List.of());
        var model = new QueryModel(context);
        var fixed = model.fixed(feedback, QueryModel.LONGEST_FEEDBACK);
        fixed.put("in_folder", delivery instanceof Delivery.InFolder);
        var remote =
                delivery instanceof Delivery.OnRemote given ? Optional.of(given) : Optional.<Delivery.OnRemote>empty();
        fixed.put("on_remote", remote.isPresent());
        fixed.put("remote_url", remote.map(Delivery.OnRemote::url).orElse(""));
        fixed.put("remote_branch", remote.map(Delivery.OnRemote::branch).orElse(""));
        fixed.put("aside_path", "");
        fixed.put("aside_about", "");
        QueryModel.list(fixed, "in_tree", List.of());
        if (delivery instanceof Delivery.InFolder folder && folder.aside().isPresent()) {
            var brief = fixed;
            if (!feedback.orElse("").isBlank() && feedback.orElse("").length() > LONGEST_FEEDBACK) {
                brief = new LinkedHashMap<>(fixed);
                brief.put("feedback", model.fixed(feedback, LONGEST_FEEDBACK).get("feedback"));
            }
            return new ShortPrompt(
                            templates,
                            context.task(),
                            fixed,
                            brief,
                            model.parts(),
                            folder.aside().get(),
                            bytes)
                    .query(shown);
        }
        var draft = new Draft(context.task().kind(), fixed, model.parts());
        if (BytePairs.certainlyWithin(limit, draft.text)) return draft.query(); // Nothing has to be counted.
        for (int tokens = BytePairs.count(draft.text); tokens > limit; tokens = BytePairs.count(draft.text))
            if (!draft.shorten(tokens)) break;
        return draft.query();
    }

    /** A prompt in the making: parts are taken away until it is short enough. */
    private final class Draft {
        private final Task.Kind kind;
        private final Map<String, Object> fixed;
        private final List<QueryPart> parts;
        private final Deque<QueryPart> kept = new ArrayDeque<>();
        /** The most useful first. */
        private final Deque<QueryPart> dropped = new ArrayDeque<>();

        private boolean names = true;
        private String text;

        Draft(Task.Kind kind, Map<String, Object> fixed, List<QueryPart> parts) {
            this.kind = kind;
            this.fixed = fixed;
            this.parts = parts;
            this.text = render();
        }

        /** Leaves out about as much as is too much, at least something. */
        boolean shorten(int tokens) {
            if (dropped.isEmpty())
                parts.stream()
                        .filter(part -> !part.use().stays())
                        .sorted(QueryPart.ORDER_OF_DROPPING)
                        .forEach(kept::add);
            if (kept.isEmpty()) {
                // Rather the bare number of what is left out than a text that is too long.
                if (!names || dropped.isEmpty()) return false;
                names = false;
            }
            double tokensPerCharacter = (double) tokens / text.length();
            for (double excess = tokens - limit; excess > 0 && !kept.isEmpty(); ) {
                var part = kept.removeFirst();
                dropped.addFirst(part);
                excess -= part.characters() * tokensPerCharacter;
            }
            text = render();
            return true;
        }

        Query query() {
            return new Query(text, shown.of(text), omissions());
        }

        private String render() {
            var gone = new HashSet<>(dropped);
            var values = new LinkedHashMap<>(fixed);
            for (var list : QueryTemplates.LISTS_OF_PARTS)
                QueryModel.list(
                        values,
                        list,
                        parts.stream()
                                .filter(part -> part.list().equals(list) && !gone.contains(part))
                                .map(QueryPart::values)
                                .toList());
            long dependents = dropped.stream()
                    .filter(part -> part.list().equals("dependents"))
                    .count();
            values.put("more_dependents", dependents == 0 ? "" : Long.toString(dependents));
            QueryModel.list(values, "left_out", leftOut());
            return templates.render(kind, values);
        }

        private List<Map<String, Object>> leftOut() {
            var lines = new ArrayList<String>();
            var omissions = omissions();
            if (names)
                omissions.stream()
                        .limit(NAMED_OMISSIONS)
                        .forEach(one ->
                                lines.add(Quoting.oneLine(one.name()) + " (" + one.characters() + " characters)"));
            int more = omissions.size() - lines.size();
            if (more > 0) lines.add(lines.isEmpty() ? more + " parts" : "and " + more + " more");
            return QueryModel.items(lines);
        }

        /** Pieces of the same name are one. */
        private List<Omission> omissions() {
            var lengths = new LinkedHashMap<String, Integer>();
            dropped.forEach(part -> lengths.merge(part.name(), part.characters(), Integer::sum));
            return lengths.entrySet().stream()
                    .map(one -> new Omission(one.getKey(), one.getValue()))
                    .toList();
        }
    }
}

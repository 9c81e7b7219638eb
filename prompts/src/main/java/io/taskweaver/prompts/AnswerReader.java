package io.taskweaver.prompts;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.FilePath;
import io.taskweaver.prompts.AnswerReading.Answer;
import io.taskweaver.prompts.AnswerReading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an agent answered: sections {@code ### File: path} with the whole file in a fence, {@code ### Delete: path},
 * and {@code ### Summary}, in any order and with any text around them.
 *
 * <p>Nothing is guessed where that could lose work: a block that may have been cut short, a path outside the work, or
 * one file given twice with different texts makes the answer unreadable, with a reason that the agent can act on.
 * A file that is at hand and left as it was is no change; neither is the deletion of a file that is not at hand.
 */
public final class AnswerReader {
    /** Longest answer that is read, in bytes of UTF-8. */
    public static final int LIMIT_BYTES = 5 * 1024 * 1024;

    private static final int LONGEST_SUMMARY = 4_000;

    private final List<String> lines;
    private final Map<String, Optional<String>> found = new LinkedHashMap<>();
    private final StringBuilder summary = new StringBuilder();
    private final StringBuilder preface = new StringBuilder();
    private boolean summarised;

    private AnswerReader(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Reads an answer.
     *
     * @param filesAtHand files that the agent was given, path to text: what its changes start from
     */
    public static AnswerReading read(String answer, Map<String, String> filesAtHand) {
        if (exceedsLimit(answer))
            return new Unreadable("the answer is longer than the limit of 5 MiB (" + LIMIT_BYTES
                    + " bytes); answer with fewer or smaller files");
        List<String> lines = List.of(answer.split("\n", -1));
        AnswerReading reading = new AnswerReader(lines).read(filesAtHand);
        if (reading instanceof Unreadable) {
            // Some agents put the whole answer into one more fence.
            List<String> inner = withoutOuterFence(lines);
            if (inner.size() < lines.size() && new AnswerReader(inner).read(filesAtHand) instanceof Answer unwrapped)
                return unwrapped;
        }
        return reading;
    }

    private static boolean exceedsLimit(String answer) {
        if (answer.length() > LIMIT_BYTES) return true;
        return answer.length() > LIMIT_BYTES / 3 && answer.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES;
    }

    private static List<String> withoutOuterFence(List<String> lines) {
        int first = 0;
        int last = lines.size() - 1;
        while (first < last && lines.get(first).isBlank()) first++;
        while (last > first && lines.get(last).isBlank()) last--;
        boolean wrapped = first < last
                && Fence.opening(lines.get(first))
                        .filter(fence -> !fence.info().isEmpty())
                        .isPresent()
                && Fence.opening(lines.get(first)).orElseThrow().isClosedBy(lines.get(last));
        return wrapped ? lines.subList(first + 1, last) : lines;
    }

    private AnswerReading read(Map<String, String> filesAtHand) {
        int at = 0;
        StringBuilder prose = preface;
        while (at < lines.size()) {
            Optional<Heading> heading = Heading.of(lines.get(at));
            if (heading.isEmpty()) {
                at = takeProse(at, prose);
                continue;
            }
            switch (heading.get().kind()) {
                case SUMMARY -> {
                    summarised = true;
                    prose = summary;
                    at++;
                }
                case DELETE -> {
                    String path = WorkPath.cleaned(heading.get().text());
                    Optional<Unreadable> problem = keep(path, Optional.empty(), filesAtHand);
                    if (problem.isPresent()) return problem.get();
                    prose = new StringBuilder();
                    at++;
                }
                case FILE -> {
                    String path = WorkPath.cleaned(heading.get().text());
                    Optional<Fence.Block> block = block(at + 1);
                    if (block.isEmpty())
                        return new Unreadable("the block of '" + path + "' is missing, not closed, or closed too early;"
                                + " give the whole file in one fence that is longer than any fence inside it");
                    Optional<Unreadable> problem =
                            keep(path, Optional.of(block.get().text()), filesAtHand);
                    if (problem.isPresent()) return problem.get();
                    prose = new StringBuilder();
                    at = block.get().next();
                }
            }
        }
        if (found.isEmpty() && !summarised)
            return new Unreadable("the answer has neither a '### File: path' nor a '### Summary' section;"
                    + " answer in the format that the task describes");
        return new Answer(summaryText(), changes(filesAtHand));
    }

    /** Takes one line, or a whole fenced block, so that headings inside an example are not taken for sections. */
    private int takeProse(int at, StringBuilder prose) {
        int next = at + 1;
        if (Fence.opening(lines.get(at)).isPresent())
            next = Fence.read(lines, at, false).map(Fence.Block::next).orElse(next);
        for (int i = at; i < next; i++)
            prose.append(lines.get(i).stripTrailing()).append('\n');
        return next;
    }

    /** The block of the section that begins at a line, if there is certainly one. */
    private Optional<Fence.Block> block(int from) {
        int at = from;
        while (at < lines.size() && Fence.opening(lines.get(at)).isEmpty()) {
            if (Heading.of(lines.get(at)).isPresent()) return Optional.empty();
            at++;
        }
        if (at == lines.size()) return Optional.empty();
        int opening = at;
        return Fence.read(lines, opening, false)
                .filter(this::endsCleanly)
                .or(() -> Fence.read(lines, opening, true).filter(this::endsCleanly));
    }

    /**
     * Whether what follows a block, up to the next section, is text and marked examples only. A fence without a
     * language there may well be the block's true end.
     */
    private boolean endsCleanly(Fence.Block block) {
        int at = block.next();
        while (at < lines.size() && Heading.of(lines.get(at)).isEmpty()) {
            Optional<Fence> fence = Fence.opening(lines.get(at));
            if (fence.isEmpty()) {
                at++;
                continue;
            }
            Optional<Fence.Block> example = Fence.read(lines, at, false);
            if (fence.get().info().isEmpty() || example.isEmpty()) return false;
            int end = example.get().next();
            for (int i = at + 1; i < end; i++) if (Heading.of(lines.get(i)).isPresent()) return false;
            at = end;
        }
        return true;
    }

    private Optional<Unreadable> keep(String path, Optional<String> content, Map<String, String> filesAtHand) {
        Optional<String> problem = filesAtHand.containsKey(path) ? FilePath.problem(path) : FilePath.problemOfNew(path);
        if (problem.isPresent()) return Optional.of(new Unreadable(FilePath.refused(path, problem.get())));
        Optional<String> earlier = found.putIfAbsent(path, content);
        if (earlier != null && !earlier.equals(content))
            return Optional.of(new Unreadable(
                    "'" + path + "' is in the answer twice, with different texts; return each file once, completely"));
        return Optional.empty();
    }

    private List<FileChange> changes(Map<String, String> filesAtHand) {
        var changes = new ArrayList<FileChange>();
        found.forEach((path, content) -> {
            Optional<String> base = Optional.ofNullable(filesAtHand.get(path));
            Optional<String> left =
                    content.map(text -> base.map(old -> lineBreaksOf(old, text)).orElse(text));
            if (!base.equals(left)) changes.add(new FileChange(path, base, left));
        });
        return changes;
    }

    /** Agents answer with bare line feeds; a file that has carriage returns throughout keeps them. */
    private static String lineBreaksOf(String base, String text) {
        if (text.indexOf('\r') >= 0 || !base.contains("\r\n")) return text;
        boolean throughout = base.replace("\r\n", "").indexOf('\n') < 0;
        return throughout ? text.replace("\n", "\r\n") : text;
    }

    private String summaryText() {
        String text = (summarised ? summary : preface).toString().strip();
        return text.length() > LONGEST_SUMMARY ? text.substring(0, LONGEST_SUMMARY) + "..." : text;
    }
}

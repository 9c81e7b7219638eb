package io.taskweaver.agents.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Lines of a command's output that say what failed: by the words and marks of the usual test runners and compilers.
 *
 * @param shown as printed, the first ones
 * @param failures without what differs from run to run (times, numbers of lines, counts, folders), each once
 */
record FailingLines(List<String> shown, List<String> failures) {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_FAILURES = 1_000;
    private static final int LONGEST = 300;
    private static final int REDACTED = 16 << 10;
    /** Lines that come before the output, however short that is. */
    private static final int MOST_LEADING = 4;
    /** Output that is no longer is read as a whole. */
    private static final int GLANCE = 200;

    private static final long MOST_READ = 8L << 20;
    private static final String NO_FOLDER = "";

    private static final Pattern FAILING = Pattern.compile(
            "\\b(fail(s|ed|ure|ures|ing)?|errors?|\\w*exception|\\w*error|panic(ked)?|not"
                    + " ok|mismatch|undefined|unresolved)\\b|[✖✗✕×●]|^\\s*\\d+\\) \\S",
            Pattern.CASE_INSENSITIVE);

    /** What tells most: the test or the assertion itself, and what was expected. */
    private static final Pattern TELLING = Pattern.compile(
            "\\bassert|\\bexpected\\b|\\bnot ok\\b|\\bFAIL(ED)?\\b|\\bpanic|[✖✗✕×]|^\\s*\\d+\\)"
                    + " \\S|\\w(Error|Exception)\\b",
            Pattern.CASE_INSENSITIVE);

    /** What is no failure by itself, and says more about one. */
    private static final Pattern DETAIL = Pattern.compile(
            "^\\W*(expected|received|actual|got|want)\\b\\W|\\bexpected\\b.*\\b(but|to|got|received|actual|found)\\b",
            Pattern.CASE_INSENSITIVE);

    /** What runners print when all is well. */
    private static final Pattern NOTHING = Pattern.compile(
            "\\b(0|no) (tests? )?(fail(ed|ures?|ing)?|errors?)\\b|\\b(fail(ed|ures?|ing)?|errors?)\\b\\W{1,3}0\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ANSI = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
    private static final List<Pattern> VARYING = List.of(
            Pattern.compile("\\b\\d+([.,]\\d+)?\\s*(ms|µs|s|secs?|seconds?|min|minutes?)\\b", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT?[ \\d:.,Z+-]*"),
            Pattern.compile("(?<=[:(\\[,])\\d+(?=[:)\\],\\s]|$)"),
            Pattern.compile("\\bline \\d+", Pattern.CASE_INSENSITIVE),
            Pattern.compile("(?<=\\bok )\\d+", Pattern.CASE_INSENSITIVE),
            Pattern.compile("^\\s*\\d+\\)"),
            Pattern.compile("@[0-9a-f]{4,}\\b|\\b0x[0-9a-f]+\\b|\\b[0-9a-f]{7,40}\\b", Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "\\b\\d+(?= (tests?|passed|passing|failed|failing|failures?|errors?|skipped|pending|total))",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "(?<=\\b(run|failures|errors|skipped|tests|fail|pass|total)\\W{1,3})\\d+",
                    Pattern.CASE_INSENSITIVE));

    FailingLines {
        shown = List.copyOf(shown);
        failures = List.copyOf(failures);
    }

    /**
     * Reads output.
     *
     * @param folder folder that the command ran in: its name differs from run to run
     * @param redacted removes secrets
     */
    static FailingLines of(List<Path> outputs, Path folder, UnaryOperator<String> redacted) throws IOException {
        var shown = new ArrayList<String>();
        var failures = new LinkedHashSet<String>();
        for (var output : outputs) {
            if (!Files.exists(output)) continue;
            // Bytes that are no UTF-8 are replaced: a decoder that refuses them would hide what failed.
            try (var lines =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(output), StandardCharsets.UTF_8))) {
                long left = MOST_READ;
                for (var line = lines.readLine(); line != null && left > 0; line = lines.readLine()) {
                    left -= line.length() + 1;
                    read(line, folder.toString(), redacted, shown, failures);
                }
            }
        }
        return new FailingLines(shown, List.copyOf(failures));
    }

    /** Reads output that is at hand, without secrets. */
    static FailingLines of(String output) {
        var shown = new ArrayList<String>();
        var failures = new LinkedHashSet<String>();
        output.lines().forEach(line -> read(line, NO_FOLDER, UnaryOperator.identity(), shown, failures));
        return new FailingLines(shown, List.copyOf(failures));
    }

    private static void read(
            String line, String folder, UnaryOperator<String> redacted, List<String> shown, Set<String> failures) {
        if (failures.size() >= MOST_FAILURES) return;
        var text = ANSI.matcher(line.length() > 4 * LONGEST ? line.substring(0, 4 * LONGEST) : line)
                .replaceAll("");
        boolean isFailure =
                FAILING.matcher(NOTHING.matcher(text).replaceAll("")).find();
        if (!isFailure && !DETAIL.matcher(text).find()) return;
        // Redacted before it is shortened: half a secret is not recognised.
        var whole = ANSI.matcher(line.length() > REDACTED ? line.substring(0, REDACTED) : line)
                .replaceAll("");
        text = redacted.apply(folder.isEmpty() ? whole : whole.replace(folder, "."))
                .stripTrailing();
        if (text.length() > LONGEST) text = text.substring(0, LONGEST);
        if (!isFailure) {
            if (!failures.isEmpty() && shown.size() < MOST_SHOWN && !shown.contains(text)) shown.add(text);
            return;
        }
        if (failures.add(known(NOTHING.matcher(text).replaceAll(""))) && shown.size() < MOST_SHOWN) shown.add(text);
    }

    private static String known(String text) {
        for (var varying : VARYING) text = varying.matcher(text).replaceAll("#");
        return text.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }

    /** What failed, for a person: the failing assertions, then the end of the output. */
    String with(String printed) {
        var telling =
                shown.stream().filter(line -> TELLING.matcher(line).find()).toList();
        boolean isSeenAtOnce = telling.isEmpty()
                || printed.length() <= GLANCE
                || printed.substring(0, GLANCE).contains(telling.getFirst().strip());
        var leading = new LinkedHashSet<String>();
        if (!isSeenAtOnce) telling.stream().limit(MOST_LEADING).forEach(leading::add);
        for (var line : shown) if (!printed.contains(line.strip())) leading.add(line);
        return leading.isEmpty() ? printed : String.join("\n", leading) + "\n...\n" + printed;
    }
}

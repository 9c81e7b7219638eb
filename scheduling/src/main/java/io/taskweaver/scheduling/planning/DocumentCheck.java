package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Document;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.document.ForeignMarkup;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TrackerCsv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns away what cannot be read as a document. */
final class DocumentCheck {
    private static final double MOST_CONTROLS = 0.1;

    private DocumentCheck() {}

    /** Reasons to refuse the documents; none if they can be read. */
    static List<Rejection> check(Submission submission, SubmissionLimits limits) {
        var documents = new ArrayList<>(submission.documents());
        submission.structure().ifPresent(documents::add);
        var refused = new ArrayList<>(limits.refused(submission.documents(), submission.structure()));
        for (var document : documents) if (!isText(document.content())) refused.add(notText(document));
        for (var document : documents) if (isForeignTable(document)) refused.add(table(document));
        for (var document : documents)
            ForeignMarkup.of(document).ifPresent(markup -> refused.add(foreign(document, markup)));
        for (var document : submission.documents())
            Analyst.problem(document).ifPresent(problem -> refused.add(broken(document, problem)));
        boolean nothing =
                documents.stream().allMatch(document -> document.content().isBlank());
        if (refused.isEmpty() && nothing) refused.add(empty(documents));
        return refused;
    }

    private static Rejection notText(Document document) {
        return new Rejection(
                "not-text",
                document.path() + " is not text: it contains binary data.",
                "Submit Markdown or plain text in UTF-8. Export Word or PDF files to Markdown first.",
                Optional.of(new SourceSpan(document.path(), 1, 1)));
    }

    private static boolean isForeignTable(Document document) {
        return TrackerCsv.isTable(document) && !TaskCsv.isTaskList(document.content());
    }

    private static Rejection table(Document document) {
        return new Rejection(
                "not-a-list",
                document.path() + " is a table of another tool, not a requirements document.",
                "Make a list of it with 'taskweaver export --format csv', or give it the columns id, title and"
                        + " dependencies.",
                Optional.of(new SourceSpan(document.path(), 1, 1)));
    }

    private static Rejection broken(Document document, ReadingNotice problem) {
        return new Rejection(
                problem.code(),
                document.path() + " cannot be read: " + problem.message(),
                "Correct the line, or write what it says as a list of requirements.",
                problem.at());
    }

    private static Rejection foreign(Document document, ForeignMarkup markup) {
        return new Rejection(
                "not-markdown",
                document.path() + " is " + markup.shown() + ", which is not read; it would lose tables and sections.",
                "Convert it to Markdown, and plan that: " + markup.conversion(document.path()),
                Optional.of(new SourceSpan(document.path(), 1, 1)));
    }

    private static Rejection empty(List<Document> documents) {
        var names = documents.stream().map(Document::path).toList();
        return new Rejection(
                "empty-document",
                names.isEmpty() ? "No document was submitted." : String.join(", ", names) + " is empty.",
                "Write what the software must do, for example one line '- Users can sign in with email and"
                        + " password'.",
                names.isEmpty() ? Optional.empty() : Optional.of(new SourceSpan(names.getFirst(), 1, 1)));
    }

    private static boolean isText(String content) {
        int odd = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == 0) return false;
            boolean control =
                    (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == '\uFFFD' || c == 0x7f;
            if (control) odd++;
        }
        return odd <= content.length() * MOST_CONTROLS;
    }
}

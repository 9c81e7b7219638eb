package io.taskweaver.model;

import java.util.List;
import java.util.Optional;

/**
 * What a user hands in. What {@code SubmissionLimits} do not count, because it is no text of documents, is limited here, so
 * that it is the same for every way in.
 *
 * @param documents requirement documents, may be empty: then it is rejected with a reason
 * @param structure STRUCTURE.md
 * @param code inventory of the existing code base
 * @param findings what that code says about requirements, by their lines; others change no plan and are not kept
 * @param rulings what an agent says of the documents, if one was asked
 *
 * @throws io.taskweaver.model.effort.LimitExceeded if an option, a path or the inventory is too long
 */
public record Submission(
        PlanId plan,
        List<Document> documents,
        Optional<Document> structure,
        List<CodeFile> code,
        List<Finding> findings,
        Optional<Rulings> rulings,
        PlanOptions options) {
    private static final int LONGEST_PATH = 4_096;
    private static final int MOST_FILES = 200_000;

    public Submission {
        documents = List.copyOf(documents);
        code = List.copyOf(code);
        findings = findings.stream().filter(Submission::isOfRequirement).toList();
        for (var document : documents) TextLimits.check("path", document.path(), LONGEST_PATH);
        structure.ifPresent(document -> TextLimits.check("path", document.path(), LONGEST_PATH));
        TextLimits.checkCount("code", code.size(), MOST_FILES);
        for (var file : code) TextLimits.check("path", file.path(), LONGEST_PATH);
        options.check();
    }

    private static boolean isOfRequirement(Finding finding) {
        return finding.subject() == Finding.Subject.REQUIREMENT
                && finding.at().isPresent()
                && finding.verdict() != Verdict.UNREQUESTED;
    }

    /** No agent was asked. */
    public Submission(
            PlanId plan,
            List<Document> documents,
            Optional<Document> structure,
            List<CodeFile> code,
            List<Finding> findings,
            PlanOptions options) {
        this(plan, documents, structure, code, findings, Optional.empty(), options);
    }

    /** Without findings. */
    public Submission(
            PlanId plan,
            List<Document> documents,
            Optional<Document> structure,
            List<CodeFile> code,
            PlanOptions options) {
        this(plan, documents, structure, code, List.of(), options);
    }

    /** The same with what an agent says. */
    public Submission with(Rulings said) {
        return new Submission(plan, documents, structure, code, findings, Optional.of(said), options);
    }
}

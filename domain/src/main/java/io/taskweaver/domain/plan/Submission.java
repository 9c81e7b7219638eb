package io.taskweaver.domain.plan;

import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.gap.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a user hands in.
 *
 * @param documents requirement documents, may be empty: then it is rejected with a reason
 * @param structure STRUCTURE.md
 * @param code inventory of the existing code base
 * @param findings what that code says about what the documents ask for; empty if nobody looked
 */
public record Submission(
        PlanId plan,
        List<Document> documents,
        Optional<Document> structure,
        List<CodeFile> code,
        List<Finding> findings,
        PlanOptions options) {
    public Submission {
        documents = List.copyOf(documents);
        code = List.copyOf(code);
        findings = List.copyOf(findings);
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
}

package io.taskweaver.domain.plan;

import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import java.util.List;
import java.util.Optional;

/**
 * What a user hands in.
 *
 * @param documents requirement documents, may be empty: then it is rejected with a reason
 * @param structure STRUCTURE.md
 * @param code inventory of the existing code base
 */
public record Submission(
        PlanId plan, List<Document> documents, Optional<Document> structure, List<CodeFile> code, PlanOptions options) {
    public Submission {
        documents = List.copyOf(documents);
        code = List.copyOf(code);
    }
}

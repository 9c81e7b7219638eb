package io.taskweaver.client.codemap;

import io.taskweaver.code.syntax.Syntax;
import io.taskweaver.model.Resources;
import io.taskweaver.requirements.code.Language;
import org.treesitter.TSException;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;

/** A parser of a language and what is asked of its trees. Used by one thread at a time. */
final class Grammar implements AutoCloseable {
    final TSParser parser;
    final TSQuery query;

    private Grammar(Syntax syntax, String queryName) {
        parser = syntax.parser();
        try {
            query = new TSQuery(parser.getLanguage(), Resources.text(Grammar.class, queryName + ".scm"));
        } catch (TSException e) {
            throw new IllegalStateException("the query of " + syntax.title() + " is wrong", e);
        }
    }

    /**
     * Loads a grammar.
     *
     * @throws UnsupportedOperationException if there is none for this platform
     * @throws java.io.UncheckedIOException if it cannot be unpacked
     */
    static Grammar load(Language language) {
        return switch (language) {
            case JAVA -> new Grammar(Syntax.JAVA, "java");
            case KOTLIN -> new Grammar(Syntax.KOTLIN, "kotlin");
            case TYPESCRIPT -> new Grammar(Syntax.TYPESCRIPT, "typescript");
            case TSX -> new Grammar(Syntax.TSX, "typescript");
            case JAVASCRIPT -> new Grammar(Syntax.JAVASCRIPT, "javascript");
            case PYTHON -> new Grammar(Syntax.PYTHON, "python");
            case GO -> new Grammar(Syntax.GO, "go");
            case RUST -> new Grammar(Syntax.RUST, "rust");
        };
    }

    @Override
    public void close() {
        query.close();
        parser.close();
    }
}

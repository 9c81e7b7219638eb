package io.taskweaver.client.codemap;

import io.taskweaver.code.syntax.Parsers;
import io.taskweaver.model.Language;
import io.taskweaver.model.Resources;
import org.treesitter.TSException;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;

/** A parser of a language and what is asked of its trees. Used by one thread at a time. */
final class Grammar implements AutoCloseable {
    final TSParser parser;
    final TSQuery query;

    private Grammar(Language language, String queryName) {
        parser = Parsers.of(language);
        try {
            query = new TSQuery(parser.getLanguage(), Resources.text(Grammar.class, queryName + ".scm"));
        } catch (TSException e) {
            throw new IllegalStateException("the query of " + language.title() + " is wrong", e);
        }
    }

    /**
     * Loads a grammar.
     *
     * @throws UnsupportedOperationException if there is none for this platform
     * @throws java.io.UncheckedIOException if it cannot be unpacked
     */
    static Grammar load(Language language) {
        return new Grammar(
                language,
                switch (language) {
                    case JAVA -> "java";
                    case KOTLIN -> "kotlin";
                    case TYPESCRIPT, TSX -> "typescript";
                    case JAVASCRIPT -> "javascript";
                    case PYTHON -> "python";
                    case GO -> "go";
                    case RUST -> "rust";
                });
    }

    @Override
    public void close() {
        query.close();
        parser.close();
    }
}

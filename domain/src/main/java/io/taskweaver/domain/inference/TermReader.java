package io.taskweaver.domain.inference;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Takes texts apart into terms: words by Unicode's rules (UAX 29), parts of identifiers, pairs of Han, Kana and Hangul
 * characters; English stop words left out, the rest stemmed (Porter). One analyzer serves all threads: Lucene keeps the
 * stages of each thread apart.
 */
final class TermReader {
    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
            | WordDelimiterGraphFilter.CATENATE_NUMBERS;

    private static final Analyzer ANALYZER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new StandardTokenizer();
            TokenStream terms = new WordDelimiterGraphFilter(words, PARTS, CharArraySet.EMPTY_SET);
            terms = new EnglishPossessiveFilter(terms);
            terms = new LowerCaseFilter(new CJKWidthFilter(terms));
            terms = new StopFilter(terms, EnglishAnalyzer.getDefaultStopSet());
            terms = new PorterStemFilter(new CJKBigramFilter(terms));
            return new TokenStreamComponents(words, terms);
        }
    };

    private TermReader() {}

    /** The terms of a text, in order; a term as often as it stands there. */
    static List<String> terms(String text) {
        var terms = new ArrayList<String>();
        read(text, (term, from, to) -> terms.add(term));
        return terms;
    }

    /** For each term of a text the words that it was first made of, in order. */
    static Map<String, String> words(String text) {
        var words = new LinkedHashMap<String, String>();
        read(text, (term, from, to) -> words.putIfAbsent(term, text.substring(from, to)));
        return words;
    }

    private interface Taker {
        void take(String term, int from, int to);
    }

    private static void read(String text, Taker taker) {
        try (var stream = ANALYZER.tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var at = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken())
                if (term.length() > 1) taker.take(term.toString(), at.startOffset(), at.endOffset());
            stream.end();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a string can always be read", unreadable);
        }
    }
}

/** Scores of reading: plans of labelled documents, compared with what readers found in their lines. */
@org.jspecify.annotations.NullMarked
package io.taskweaver.bench.reading;

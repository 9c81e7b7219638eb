package io.taskweaver.scheduling.inference;

/**
 * What a subject says, in numbers of the vocabulary; arrays of terms and names ascend and hold each number once.
 *
 * @param title terms of the title
 * @param head terms of the title and of the beginning of the text
 * @param terms terms of title and text
 * @param pairs pairs of terms that stand side by side in title and text
 * @param titlePairs the same of the title alone
 * @param names names of parts of the product that it gives
 * @param made those among them that it makes
 * @param layers share of the title that speaks of each layer, by {@link Layer#ordinal}
 * @param whole share of the title that speaks of the product as a whole, as tests and releases do
 * @param length terms, repeated ones counted
 */
record Profile(
        int[] title,
        int[] head,
        int[] terms,
        int[] pairs,
        int[] titlePairs,
        int[] names,
        int[] made,
        double[] layers,
        double whole,
        int length,
        int urgency) {

    double layer(Layer layer) {
        return layers[layer.ordinal()];
    }
}

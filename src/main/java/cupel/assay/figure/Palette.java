package cupel.assay.figure;

import java.awt.Color;

/**
 * Colours that people with any kind of colour vision can tell apart. Categories: Okabe and Ito, "Color Universal Design" (2008), without
 * the yellow that paper swallows. Scale: viridis (Smith and van der Walt, matplotlib 2015), through nine of its colours.
 */
final class Palette {

    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color QUIET = new Color(0x8a, 0x8a, 0x8a);
    static final Color GRID = new Color(0xe6, 0xe6, 0xe6);

    private static final int[] CATEGORIES = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x000000};
    private static final int[] VIRIDIS = {
        0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725
    };
    // The light end is hard to see on white: scales end before it.
    private static final double LAST = 0.9;

    private Palette() {}

    /** Colour of the k-th category, beginning again after the last; grey for -1. */
    static Color category(int k) {
        return k < 0 ? QUIET : new Color(CATEGORIES[k % CATEGORIES.length]);
    }

    /** Colour at a place of the scale from 0, dark, to 1, light. */
    static Color scale(double at) {
        double place = LAST * Math.max(0, Math.min(1, at)) * (VIRIDIS.length - 1);
        int k = (int) Math.min(VIRIDIS.length - 2, Math.floor(place));
        Color a = new Color(VIRIDIS[k]);
        Color b = new Color(VIRIDIS[k + 1]);
        double part = place - k;
        return new Color(
                mix(a.getRed(), b.getRed(), part),
                mix(a.getGreen(), b.getGreen(), part),
                mix(a.getBlue(), b.getBlue(), part));
    }

    private static int mix(int a, int b, double part) {
        return (int) Math.round(a + part * (b - a));
    }
}

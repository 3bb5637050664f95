package postwarden.soc;

/** Who says so, in every format. */
public final class Product {
    public static final String VENDOR = "Postwarden";
    public static final String NAME = "Postwarden";
    public static final String VERSION = "0.1.0";

    private Product() {}
}

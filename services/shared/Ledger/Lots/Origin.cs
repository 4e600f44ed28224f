namespace FundingFlows.Ledger;

/// <summary>Where money entered the federation.</summary>
public readonly record struct SourceId(SourceKind Kind, string Reference)
{
    public bool IsWellFormed => Kind != SourceKind.Unspecified && Enum.IsDefined(Kind) && Names.IsSourceReference(Reference);

    public static SourceId From(Source source) => new(source.Kind, source.Reference);

    public Source ToSource() => new() { Kind = Kind, Reference = Reference };
}

/// <summary>The root of a lot: its source, its fund at issue, and the lot that was issued. Carried along, never asked for.</summary>
public sealed record RootOf(SourceId Source, string Fund, LotId Lot)
{
    public static RootOf From(Origin origin) => new(SourceId.From(origin.Source), origin.Fund, LotId.From(origin.Lot));

    public Origin ToOrigin() => new() { Source = Source.ToSource(), Fund = Fund, Lot = Lot.ToRef() };
}

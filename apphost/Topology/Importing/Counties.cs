namespace FundingFlows.Topologies;

/// <summary>
/// The county councils of England where there are districts below them, by code. Office for National Statistics, names and codes of
/// counties as of December 2023, Open Government Licence v3; the councils' names as each uses its own.
/// </summary>
internal static class Counties
{
    public static readonly IReadOnlyDictionary<string, string> OfficialNames = new Dictionary<string, string>
    {
        ["E10000003"] = "Cambridgeshire County Council",
        ["E10000007"] = "Derbyshire County Council",
        ["E10000008"] = "Devon County Council",
        ["E10000011"] = "East Sussex County Council",
        ["E10000012"] = "Essex County Council",
        ["E10000013"] = "Gloucestershire County Council",
        ["E10000014"] = "Hampshire County Council",
        ["E10000015"] = "Hertfordshire County Council",
        ["E10000016"] = "Kent County Council",
        ["E10000017"] = "Lancashire County Council",
        ["E10000018"] = "Leicestershire County Council",
        ["E10000019"] = "Lincolnshire County Council",
        ["E10000020"] = "Norfolk County Council",
        ["E10000024"] = "Nottinghamshire County Council",
        ["E10000025"] = "Oxfordshire County Council",
        ["E10000028"] = "Staffordshire County Council",
        ["E10000029"] = "Suffolk County Council",
        ["E10000030"] = "Surrey County Council",
        ["E10000031"] = "Warwickshire County Council",
        ["E10000032"] = "West Sussex County Council",
        ["E10000034"] = "Worcestershire County Council",
    };
}

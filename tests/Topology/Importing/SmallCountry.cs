namespace FundingFlows.Topologies.Tests;

/// <summary>A few rows of a table of places and of awards. Codes and names are real, numbers are invented.</summary>
internal static class SmallCountry
{
    public const string Header =
        "gss_code,official_name,short_name,type,region,county_gss_code,combined_authority_gss_code,combined_authority_name,population_mid_2024,imd_2025_average_score,left_behind_wards_2019";

    /// <summary>Two councils of a combined authority, a unitary outside one, two districts of one county, two of another whose districts are in an authority, a borough.</summary>
    public const string Places = Header + "\n"
        + "E06000001,Hartlepool Borough Council,Hartlepool,Unitary authority,North East,,E47000006,Tees Valley Combined Authority,98000,37.5,2\n"
        + "E06000002,Middlesbrough Borough Council,Middlesbrough,Unitary authority,North East,,E47000006,Tees Valley Combined Authority,156000,40,1\n"
        + "E06000058,\"Bournemouth, Christchurch and Poole Council\",\"Bournemouth, Christchurch and Poole\",Unitary authority,South West,,,,409000,17.5,1\n"
        + "E07000032,Amber Valley Borough Council,Amber Valley,Non-metropolitan district,East Midlands,E10000007,,,130000,18.1,0\n"
        + "E07000033,Bolsover District Council,Bolsover,Non-metropolitan district,East Midlands,E10000007,,,84000,25.3,3\n"
        + "E07000008,Cambridge City Council,Cambridge,Non-metropolitan district,East of England,E10000003,E47000008,Cambridgeshire and Peterborough Combined Authority,150000,14,0\n"
        + "E07000010,Fenland District Council,Fenland,Non-metropolitan district,East of England,E10000003,E47000008,Cambridgeshire and Peterborough Combined Authority,104000,27.2,6\n"
        + "E09000002,London Borough of Barking and Dagenham,Barking and Dagenham,London borough,London,,E12000007,Greater London Authority,230000,,1\n";

    public const string Awards =
        "gss_code,short_name,round_1_pounds,round_2_pounds\n"
        + "E06000001,Hartlepool,0,20010875\n"
        + "E06000058,\"Bournemouth, Christchurch and Poole\",0,19993864\n"
        + "E07000032,Amber Valley,1000000,2\n"
        + "E07000010,Fenland,0,0\n"
        + "E07000008,Cambridge,333333,333333\n";

    public const long AwardedPence = 4_167_140_700;

    public static Topology Topology => TopologyReader.Parse(PlacesImport.TextOf(Places, "places.csv"), "small.json");
}

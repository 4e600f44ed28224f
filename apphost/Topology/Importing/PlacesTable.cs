using System.Globalization;

namespace FundingFlows.Topologies;

/// <summary>A council of a table of places.</summary>
/// <param name="County">Code of the county in whose area it is a district. Empty: none.</param>
/// <param name="Authority">Code of its combined authority. Empty: none.</param>
/// <param name="Deprivation">Average score of deprivation, more is worse. Null: not given.</param>
/// <param name="LeftBehindWards">How many of its wards were named left-behind.</param>
internal sealed record PlaceRow(
    string Code, string OfficialName, string ShortName, string County, string Authority, string AuthorityName, long? Population, decimal? Deprivation, int LeftBehindWards);

/// <summary>Reads a table of the councils of a country, one row for each.</summary>
internal static class PlacesTable
{
    private const string Code = "gss_code";
    private const string OfficialName = "official_name";
    private const string ShortName = "short_name";
    private const string County = "county_gss_code";
    private const string Authority = "combined_authority_gss_code";
    private const string AuthorityName = "combined_authority_name";
    private const string Population = "population_mid_2024";
    private const string Deprivation = "imd_2025_average_score";
    private const string Wards = "left_behind_wards_2019";
    private const long MostPeople = 1_000_000_000;
    private const long MostWards = 99;
    private const int LongestShortName = 60;
    private static readonly string[] Columns = [Code, OfficialName, ShortName, County, Authority, AuthorityName, Population, Deprivation, Wards];

    /// <summary>Reads a file. Throws <see cref="TableException"/> with one sentence that names the file, the line, the fault and the remedy.</summary>
    public static IReadOnlyList<PlaceRow> Read(string path) => Check(CsvTable.Read(path, Columns));

    /// <summary>Reads a text; <paramref name="name"/> is what faults call it.</summary>
    public static IReadOnlyList<PlaceRow> Parse(string text, string name) => Check(CsvTable.Parse(text, name, Columns));

    private static List<PlaceRow> Check(CsvTable table)
    {
        table.CheckOnce(Code);
        CheckAuthorities(table);
        var places = table.Rows.Select(row => Place(table, row)).ToList();
        table.Refuse();
        return places;
    }

    private static PlaceRow Place(CsvTable table, TableRow row)
    {
        if (!Names.IsPlace(row[Code]))
            table.Fault(row.Line, $"{Code} is \"{row[Code]}\"; write the code of a council, a capital letter and eight digits such as E06000001.");
        else if (Counties.OfficialNames.ContainsKey(row[Code]))
            table.Fault(row.Line, $"{row[Code]} is a county; write counties only in the column {County} of their districts.");
        if (!Names.IsLabel(row[OfficialName]))
            table.Fault(row.Line, $"{OfficialName} of {row[Code]} must be 1 to 100 characters without a space at either end.");
        if (!Names.IsLabel(row[ShortName]) || row[ShortName].Length > LongestShortName)
            table.Fault(row.Line, $"{ShortName} of {row[Code]} must be 1 to {LongestShortName} characters without a space at either end.");
        if (row[County].Length > 0 && !Counties.OfficialNames.ContainsKey(row[County]))
            table.Fault(row.Line, $"{County} is \"{row[County]}\", which is no county council of England; correct it, or leave it empty where there is none.");
        return new PlaceRow(
            row[Code], row[OfficialName], row[ShortName], row[County], row[Authority], row[AuthorityName],
            row[Population].Length == 0 ? null : table.Whole(row, Population, MostPeople), Score(table, row), (int)(table.Whole(row, Wards, MostWards) ?? 0));
    }

    private static decimal? Score(CsvTable table, TableRow row)
    {
        if (row[Deprivation].Length == 0)
            return null;
        if (decimal.TryParse(row[Deprivation], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score <= 100)
            return score;
        table.Fault(row.Line, $"{Deprivation} is \"{row[Deprivation]}\"; write a number from 0 to 100 such as 37.58, or leave it empty.");
        return null;
    }

    private static void CheckAuthorities(CsvTable table)
    {
        var councils = table.Rows.Select(row => row[Code]).ToHashSet();
        var first = new Dictionary<string, TableRow>();
        foreach (var row in table.Rows)
            if (row[Authority].Length == 0)
            {
                if (row[AuthorityName].Length > 0)
                    table.Fault(row.Line, $"{AuthorityName} is given without {Authority}; give both, or neither.");
            }
            else if (!Names.IsPlace(row[Authority]) || councils.Contains(row[Authority]) || Counties.OfficialNames.ContainsKey(row[Authority]))
                table.Fault(row.Line, $"{Authority} is \"{row[Authority]}\"; write the code of a combined authority, a capital letter and eight digits, that no council has.");
            else if (!Names.IsLabel(row[AuthorityName]))
                table.Fault(row.Line, $"{AuthorityName} of {row[Authority]} must be 1 to 100 characters without a space at either end.");
            else if (first.TryAdd(row[Authority], row) is false && first[row[Authority]][AuthorityName] != row[AuthorityName])
                table.Fault(row.Line, $"{row[Authority]} is called \"{row[AuthorityName]}\" here and \"{first[row[Authority]][AuthorityName]}\" in line {first[row[Authority]].Line}; give it one name.");
    }
}

using FundingFlows.Catalogues;

// Writes the catalogues of facts and refusals anew, from the contracts and the rules as they are built.
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "FundingFlows.sln")))
    root = root.Parent ?? throw new InvalidOperationException("This runs inside the repository only.");
foreach (var catalogue in Catalogue.All(root.FullName))
{
    File.WriteAllText(Path.Combine(root.FullName, catalogue.Path), catalogue.Text);
    Console.WriteLine($"{catalogue.Path} is current.");
}

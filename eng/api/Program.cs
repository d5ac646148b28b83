using DiffKeeper.ApiReference;

if (args is not [string directory])
{
    await Console.Error.WriteLineAsync("Usage: ApiReference DIRECTORY");
    return 2;
}

var library = new Library("DiffKeeper.Lifecycle", "DiffKeeper.Lifecycle.Native");
Directory.CreateDirectory(directory);
await File.WriteAllTextAsync(Path.Combine(directory, "README.md"), IndexPage.Write(library));
foreach (var type in library.Types)
    await File.WriteAllTextAsync(Path.Combine(directory, Library.FileOf(type)), TypePage.Write(type, library));
return 0;

// SPDX-License-Identifier: Apache-2.0

// Renders a chart as `helm template` does, from the two libraries that Helm itself renders with: text/template and sprig. For where Helm isn't
// to be had. It knows what the charts here use: values, include, toYaml and Files.Get; no dependencies, hooks or look-ups.
//
//	render CHART RELEASE NAMESPACE [VALUES]
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type values = map[string]interface{}

// files is what templates see of the chart's other files.
type files string

func (directory files) Get(name string) (string, error) {
	content, err := os.ReadFile(filepath.Join(string(directory), name))
	return string(content), err
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "Usage: render CHART RELEASE NAMESPACE [VALUES]")
		os.Exit(2)
	}
	if err := render(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
}

func render(chart, release, namespace string, overrides []string) error {
	var given, about values
	if err := read(filepath.Join(chart, "values.yaml"), &given); err != nil {
		return err
	}
	for _, file := range overrides {
		var changed values
		if err := read(file, &changed); err != nil {
			return err
		}
		merge(given, changed)
	}
	if err := read(filepath.Join(chart, "Chart.yaml"), &about); err != nil {
		return err
	}

	templates := template.New(chart).Option("missingkey=zero")
	templates.Funcs(sprig.TxtFuncMap()).Funcs(template.FuncMap{
		"toYaml": func(value interface{}) (string, error) {
			text, err := yaml.Marshal(value)
			return strings.TrimSuffix(string(text), "\n"), err
		},
		"include": func(name string, data interface{}) (string, error) {
			var text strings.Builder
			err := templates.ExecuteTemplate(&text, name, data)
			return text.String(), err
		},
	})
	if _, err := templates.ParseGlob(filepath.Join(chart, "templates", "*")); err != nil {
		return err
	}

	manifests, _ := filepath.Glob(filepath.Join(chart, "templates", "*.yaml"))
	sort.Strings(manifests)
	for _, manifest := range manifests {
		var text strings.Builder
		err := templates.ExecuteTemplate(&text, filepath.Base(manifest), values{
			"Values":  given,
			"Chart":   capitalised(about),
			"Release": values{"Name": release, "Namespace": namespace, "Service": "Helm"},
			"Files":   files(chart),
		})
		if err != nil {
			return err
		}
		if strings.TrimSpace(text.String()) != "" {
			fmt.Printf("---\n%s\n", strings.TrimSpace(text.String()))
		}
	}
	return nil
}

func read(path string, into *values) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, into)
}

// merge replaces what is given anew; maps are merged, as Helm merges them.
func merge(given, changed values) {
	for key, value := range changed {
		below, isMap := value.(values)
		if at, wasMap := given[key].(values); isMap && wasMap {
			merge(at, below)
		} else {
			given[key] = value
		}
	}
}

// capitalised has a chart's fields as templates name them: .Chart.AppVersion.
func capitalised(about values) values {
	fields := values{}
	for name, value := range about {
		fields[strings.ToUpper(name[:1])+name[1:]] = value
	}
	return fields
}
